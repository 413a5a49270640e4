import { uuidV5 } from '#libs/ledger/index';
import { recipientStream } from '#domain/recipient/index';
import type { Position } from '#domain/kernel/index';
import type { Caller } from '../../http/caller.ts';
import { Problem, problem } from '../../http/problem.ts';
import type { RequestPipe } from '../../http/validation.pipe.ts';
import type { Streams } from '../../streams.ts';
import { SubscribeDto } from '../subscribe/subscribe.dto.ts';
import type { Subscriptions } from '../subscribe/subscriptions.ts';
import { type Subscription } from '../subscribe/subscriptions.ts';
import type { BatchItemAnswer } from './batch.dto.ts';
import type { RawItem } from './batch-items.ts';

/** As many streams as are read and written at once. */
const ROUND = 500;

export type BatchDone = Readonly<{
  items: readonly BatchItemAnswer[];
  position: Position | undefined;
}>;
type Prepared = Readonly<{ index: number; subscription: Subscription }>;

/** Subscribes many people, each with an outcome of its own, in the order of the request. */
export class Batches {
  readonly #streams: Streams;
  readonly #subscriptions: Subscriptions;
  readonly #pipe: RequestPipe;

  constructor(streams: Streams, subscriptions: Subscriptions, pipe: RequestPipe) {
    this.#streams = streams;
    this.#subscriptions = subscriptions;
    this.#pipe = pipe;
  }

  async subscribe(raw: readonly RawItem[], caller: Caller): Promise<BatchDone> {
    const items: BatchItemAnswer[] = [];
    let position: Position | undefined;
    for (let start = 0; start < raw.length; start += ROUND) {
      const prepared = await this.#prepare(raw, start, caller, items);
      position = (await this.#carryOut(prepared, caller, items)) ?? position;
    }
    return { items, position };
  }

  async #prepare(
    raw: readonly RawItem[],
    start: number,
    caller: Caller,
    items: BatchItemAnswer[],
  ): Promise<readonly Prepared[]> {
    const prepared: Prepared[] = [];
    for (let index = start; index < Math.min(start + ROUND, raw.length); index += 1) {
      try {
        const body = this.#checked(raw[index]);
        prepared.push({ index, subscription: await this.#subscriptions.from(body, caller) });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        items[index] = refusal(index, error);
      }
    }
    return prepared;
  }

  #checked(item: RawItem): SubscribeDto {
    if (item === undefined) throw problem('malformed-request', 'This line is no JSON.');
    const body = this.#pipe.transform(item.value, { type: 'body', metatype: SubscribeDto });
    return body as SubscribeDto;
  }

  async #carryOut(
    prepared: readonly Prepared[],
    caller: Caller,
    items: BatchItemAnswer[],
  ): Promise<Position | undefined> {
    const outcomes = await this.#streams.runMany(
      recipientStream,
      prepared.map(({ index, subscription: { id, command, options } }) => {
        // The place in the request makes it the same command when the whole request is repeated.
        const commandId = uuidV5(caller.commandId, String(index));
        return {
          key: id,
          command,
          context: this.#streams.context(caller, { ...options, commandId }),
        };
      }),
    );
    let last: Position | undefined;
    prepared.forEach(({ index, subscription: { id, remarks } }, place) => {
      const outcome = outcomes[place];
      if (outcome === undefined) throw new Error('A command has no outcome.');
      if (!outcome.ok) {
        const { code, message } = outcome.error;
        items[index] = { index, outcome: 'refused', id, code, message };
        return;
      }
      const { created, events, repeated, position } = outcome.value;
      const changed = events.length > 0 || repeated;
      const word = created ? 'created' : changed ? 'updated' : 'unchanged';
      const [remark] = remarks;
      const said = remark && { code: remark.code, message: remark.message };
      items[index] = { index, outcome: word, id, ...said };
      if (position !== undefined && (last === undefined || position > last)) last = position;
    });
    return last;
  }
}

const refusal = (index: number, { code, detail, errors }: Problem): BatchItemAnswer => ({
  index,
  outcome: 'refused',
  code: errors[0]?.code ?? code,
  message: errors[0]?.message ?? detail,
  ...(errors.length > 0 && { errors: [...errors] }),
});
