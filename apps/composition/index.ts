export { ConfigError, readConfig, type Config, type Environment, type LogLevel } from './config.ts';
export { openEngines, type Engines } from './engines.ts';
export { openLogger } from './logger.ts';
export { untilStopped } from './until-stopped.ts';
