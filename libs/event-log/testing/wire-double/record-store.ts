import { eventMessage } from './messages.ts';
import type { AppendDecision, NewAppend, NewRecord, StoredRecord } from './record.ts';

/** About what the real server spends on a record beside its content. */
const RECORD_OVERHEAD = 120;

type Stream = { indices: number[]; visible: number };

/**
 * All events in memory. An append is decided at once, against all that was decided before, and becomes
 * visible later, when it is durable.
 */
export class RecordStore {
  readonly #records: StoredRecord[] = [];
  /** What a reader is sent for each, made for the first who asks; until then, what goes into it. */
  readonly #messages: (Buffer | NewRecord)[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #byId = new Map<string, number>();
  readonly #deleted = new Set<string>();
  #end = 0;
  #visible = 0;

  /** How many events can be read. */
  get visible(): number {
    return this.#visible;
  }

  /** Where the next event will be. */
  get end(): number {
    return this.#end;
  }

  record(index: number): StoredRecord | undefined {
    return index < this.#visible ? this.#records[index] : undefined;
  }

  message(index: number): Buffer {
    const [record, known] = [this.#records[index], this.#messages[index]];
    if (record === undefined || known === undefined)
      throw new RangeError('There is no such event.');
    if (Buffer.isBuffer(known)) return known;
    const message = eventMessage(record, known.data, known.metadata);
    return (this.#messages[index] = Buffer.from(message.serializeBinary()));
  }

  /** Indices of the events of a stream that can be read; undefined when there is no such stream. */
  stream(name: string): readonly number[] | undefined {
    const stream = this.#streams.get(name);
    if (stream === undefined || stream.visible === 0) return undefined;
    return stream.visible === stream.indices.length
      ? stream.indices
      : stream.indices.slice(0, stream.visible);
  }

  isDeleted(stream: string): boolean {
    return this.#deleted.has(stream);
  }

  tombstone(stream: string): void {
    this.#deleted.add(stream);
  }

  /** Index of the first event at or after a position. */
  indexAt(position: number): number {
    let [low, high] = [0, this.#visible];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  decide(append: NewAppend): AppendDecision {
    const { stream, expected, events } = append;
    if (this.#deleted.has(stream)) return { kind: 'deleted' };
    const last = (this.#streams.get(stream)?.indices.length ?? 0) - 1;
    const actual = last < 0 ? undefined : last;
    if (expected === 'any' || expected === 'stream-exists') {
      if (expected === 'stream-exists' && last < 0) return { kind: 'conflict', actual };
      return this.#repeatedAnywhere(append) ?? this.write(stream, events);
    }
    const after = expected === 'no-stream' ? -1 : expected;
    if (after === last) return this.write(stream, events);
    if (after > last) return { kind: 'conflict', actual };
    return this.#repeatedAt(append, after) ?? { kind: 'conflict', actual };
  }

  /** Adds events that nobody may refuse any more; `created` comes from the journal after a restart. */
  write(stream: string, events: readonly NewRecord[], created = Date.now()): AppendDecision {
    const known = this.#streams.get(stream) ?? { indices: [], visible: 0 };
    this.#streams.set(stream, known);
    let position = this.#end;
    for (const event of events) {
      const { id, type, contentType, data, metadata } = event;
      position = this.#end;
      const revision = known.indices.length;
      const record = { position, stream, revision, id, type, contentType, created };
      known.indices.push(this.#records.length);
      this.#byId.set(id, this.#records.length);
      this.#records.push(record);
      this.#messages.push(event);
      this.#end += RECORD_OVERHEAD + data.length + metadata.length;
    }
    return { kind: 'recorded', revision: known.indices.length - 1, position };
  }

  /** Everything that was decided so far can be read from now on. */
  reveal(count: number): void {
    for (; this.#visible < count; this.#visible += 1) {
      const stream = this.#streams.get(this.#records[this.#visible]?.stream ?? '');
      if (stream !== undefined) stream.visible += 1;
    }
  }

  /** How many events were decided, whether they can be read or not. */
  get written(): number {
    return this.#records.length;
  }

  #repeatedAt({ stream, events }: NewAppend, after: number): AppendDecision | undefined {
    const indices = this.#streams.get(stream)?.indices ?? [];
    let found: StoredRecord | undefined;
    for (const [offset, { id }] of events.entries()) {
      found = this.#records[indices[after + 1 + offset] ?? -1];
      if (found?.id !== id) return undefined;
    }
    return found && { kind: 'recorded', revision: found.revision, position: found.position };
  }

  #repeatedAnywhere({ stream, events }: NewAppend): AppendDecision | undefined {
    let found: StoredRecord | undefined;
    for (const { id } of events) {
      found = this.#records[this.#byId.get(id) ?? -1];
      if (found?.stream !== stream) return undefined;
    }
    return found && { kind: 'recorded', revision: found.revision, position: found.position };
  }
}
