import type { Servers } from './config.ts';
import type { EngineSource } from './engine-parts.ts';

export const serverEngines = (_: Servers): EngineSource => {
  throw new Error('later');
};
