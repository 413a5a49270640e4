import { Reader } from '#apps/api/recipients/dossier/page/reader';
import { AccountTokens } from '#apps/api/http/tokens/account-tokens';
import { timelineItem } from '#apps/api/recipients/timeline/timeline-item';
import type { TimelineItemAnswer } from '#apps/api/recipients/timeline/timeline.dto';
import type { Engines } from '#apps/composition/index';
import type { Instant, Position } from '#domain/kernel/index';
import { timeline, timelineOf, type TimelineEntry } from '#projections/timeline/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import type { Output } from '../terminal/output.ts';
import { recipientNamed } from './find-recipient.ts';
import { instantOption } from '../instant-option.ts';
import { upToDate } from '../up-to-date.ts';

const PAGE = 500;

/** Everything that happened to a person, oldest first (LED-1, CON-1). */
export const recipientTimeline = async (
  who: string,
  options: Readonly<{ account: string; at?: string }>,
  { config, output, signal }: Invocation,
): Promise<void> => {
  const at = instantOption(options.at);
  await onDataDirectory(config, async (engines) => {
    const { id, account, history } = await recipientNamed(engines, who, options.account);
    const own = new Map(history.map(({ revision, event }) => [revision, event]));
    const tokens = new AccountTokens(engines);
    await upToDate(timeline, engines, signal);
    const items: TimelineItemAnswer[] = [];
    for await (const entry of entriesOf(engines, id, at)) {
      const position = await tokens.sealPosition(account.id, entry.position);
      const isOwn = entry.stream === `recipient-${id}`;
      items.push(timelineItem(entry, isOwn ? own.get(entry.revision) : undefined, position));
    }
    output.result({ items, next: null }, linesOf(items, account.state.terms.timeZone, output));
  });
};

async function* entriesOf(
  { readStore }: Engines,
  id: TimelineEntry['recipientId'],
  recordedBy: Instant | undefined,
): AsyncGenerator<TimelineEntry, void> {
  for (let after: Position | undefined; ;) {
    const page = await timelineOf(readStore.model(timeline), id, {
      ...(recordedBy !== undefined && { recordedBy }),
      ...(after !== undefined && { after }),
      limit: PAGE,
    });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.position;
  }
}

const linesOf = (
  items: readonly TimelineItemAnswer[],
  timeZone: string,
  output: Output,
): readonly string[] => {
  const { language } = output;
  const reader = new Reader(language, timeZone);
  const lines = items.map(({ occurredAt, summary, channel, actor }) => {
    const id = actor.id === undefined ? '' : ` · ${actor.id}`;
    const who = reader.who({ actor: { kind: actor.kind }, channel });
    return `${reader.plainTime(occurredAt)}  ${summary[language]}\n    ${who}${id}`;
  });
  return [...lines, output.words({ fr: `(heures de ${timeZone})`, en: `(times of ${timeZone})` })];
};
