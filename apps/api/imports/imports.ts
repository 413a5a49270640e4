import { importStream, type Import } from '#domain/import/index';
import { ImportId } from '#domain/kernel/index';
import type { Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import type { Streams } from '../streams.ts';

/** The imports of an account as they stand. */
export class Imports {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /**
   * The import, when it is the caller's. A large one has thousands of events, so only those are read that
   * are new since the last look. Throws the problem `not-found`.
   */
  async own(id: string, caller: Caller): Promise<{ id: ImportId; state: Import }> {
    if (!ImportId.is(id)) throw unknown('import');
    const state = await this.#streams.recent(importStream, id);
    if (state.accountId !== caller.accountId) throw unknown('import');
    return { id, state };
  }
}
