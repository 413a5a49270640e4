import { embeddedEngines } from './embedded-engines.ts';
import type { EngineConfig, EngineSource, LedgerEngines } from './engine-parts.ts';
import { repeatedAtStart } from './repeated-at-start.ts';

/**
 * The one place that decides: nothing below can tell which engines it got. The clients of servers are loaded where
 * there are servers only, since each thread would keep them in memory.
 */
export const engineSource = async ({ servers }: EngineConfig): Promise<EngineSource> => {
  if (servers === undefined) return embeddedEngines;
  const { serverEngines } = await import('./server-engines.ts');
  return serverEngines(servers);
};

/** The ledger and the keys, once they are known to belong together. */
export const matched = async (engines: LedgerEngines): Promise<LedgerEngines> => {
  const { ledgerId } = await engines.eventLog.identity();
  await repeatedAtStart(() => engines.keyring.belongTo(ledgerId));
  return engines;
};
