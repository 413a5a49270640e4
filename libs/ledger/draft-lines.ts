import type { AccountId } from '#domain/kernel/index';
import type { DraftAppend, DraftEvent } from './draft-appends.ts';

/*
 * Drafts as one text on its way to another thread: copying a text costs a tenth of copying so many objects.
 * Each part is a line, since canonical JSON and names hold no line break:
 *
 *   stream · expected · command · account · subject or nothing · metadata · number of events
 *   then for each event: type · data · personal or nothing
 */
const HEAD_LINES = 7;
const EVENT_LINES = 3;
const NO_STREAM = 'no-stream';

/** Throws `TypeError` for a name of a stream with a line break in it. */
export const draftLines = (drafts: readonly DraftAppend[]): string => {
  const lines: string[] = [];
  for (const draft of drafts) {
    const { stream, expected, commandId, accountId, subject, metadata, events } = draft;
    if (stream.includes('\n')) throw new TypeError('A name of a stream is one line.');
    lines.push(stream, String(expected), commandId, accountId, subject ?? '', metadata);
    lines.push(String(events.length));
    for (const { type, data, personal } of events) lines.push(type, data, personal ?? '');
  }
  return lines.join('\n');
};

export const readDraftLines = (text: string): readonly DraftAppend[] => {
  const lines = text.split('\n');
  const line = (place: number): string => {
    const found = lines[place];
    if (found === undefined) throw new TypeError('Drafts end before their last line.');
    return found;
  };
  const drafts: DraftAppend[] = [];
  let place = 0;
  while (place < lines.length) {
    const start = place + HEAD_LINES;
    const count = Number(line(place + 6));
    const expected = line(place + 1);
    drafts.push({
      stream: line(place),
      expected: expected === NO_STREAM ? NO_STREAM : Number(expected),
      commandId: line(place + 2),
      accountId: line(place + 3) as AccountId,
      subject: line(place + 4) || undefined,
      metadata: line(place + 5),
      events: Array.from({ length: count }, (_, index): DraftEvent => {
        const first = start + index * EVENT_LINES;
        return {
          type: line(first),
          data: line(first + 1),
          personal: line(first + 2) || undefined,
        };
      }),
    });
    place = start + count * EVENT_LINES;
  }
  return drafts;
};
