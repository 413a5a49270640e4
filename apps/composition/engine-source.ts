import { embeddedEngines } from './embedded-engines.ts';
import type { EngineConfig, EngineSource, LedgerEngines } from './engine-parts.ts';
import { repeatedAtStart } from './repeated-at-start.ts';
import { serverEngines } from './server-engines.ts';

/** The one place that decides: nothing below can tell which engines it got. */
export const engineSource = (config: EngineConfig): EngineSource =>
  config.servers === undefined ? embeddedEngines : serverEngines(config.servers);

/** The ledger and the keys, once they are known to belong together. */
export const matched = async (engines: LedgerEngines): Promise<LedgerEngines> => {
  const { ledgerId } = await engines.eventLog.identity();
  await repeatedAtStart(() => engines.keyring.belongTo(ledgerId));
  return engines;
};
