import { importStream, type ImportRowsUndone } from '#domain/import/index';
import type { ImportId } from '#domain/kernel/index';
import type { Streams } from '../../streams.ts';
import type { LeftAnswer } from './undo.dto.ts';

/** Events of an import that are held at once; each tells of some thousand rows. */
const EVENTS_AT_ONCE = 20;

/** What the undo of an import left as it is, in order of the rows, some thousand rows at a time. */
export class LeftThings {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  async *of(importId: ImportId): AsyncGenerator<readonly LeftAnswer[], void> {
    for (let from = 0; ;) {
      const options = { from, limit: EVENTS_AT_ONCE };
      const events = await this.#streams.ledger.read(importStream, importId, options);
      for (const { event } of events) {
        if (event.type === 'ImportRowsUndone') yield leftIn(event.data);
      }
      from += events.length;
      if (events.length < EVENTS_AT_ONCE) return;
    }
  }
}

/** A message that was sent cannot be taken back, so it is among them. */
const leftIn = ({ left, sentSince }: ImportRowsUndone['data']): readonly LeftAnswer[] => [
  ...left,
  ...sentSince.map((recipientId) => ({ recipientId, what: 'message', why: 'sent-since' })),
];
