import type { AnyEvent, Position, Recorded } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import { NOTHING_PERSONAL, type Ledger } from '#libs/ledger/port';

const EVENTS_AT_ONCE = 1_000;

/** What was recorded in streams of one category after a place in the ledger, personal parts closed. */
export async function* pagesAfter(
  ledger: Ledger,
  category: 'delivery' | 'recipient',
  from: Position | undefined,
): AsyncGenerator<readonly Recorded<AnyEvent>[], void> {
  const formats = streamDefinitions.filter((definition) => definition.category === category);
  for (let after = from; ;) {
    const page = await ledger.readAll({
      after,
      limit: EVENTS_AT_ONCE,
      formats,
      ...NOTHING_PERSONAL,
    });
    yield page;
    if (page.length < EVENTS_AT_ONCE) return;
    after = page.at(-1)?.position;
  }
}
