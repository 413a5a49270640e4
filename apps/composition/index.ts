export { workInBackground } from './background-thread.ts';
export { ConfigError, readConfig, type Config, type Environment, type LogLevel } from './config.ts';
export type { EngineConfig } from './engine-parts.ts';
export { openEngines, type Engines } from './engines.ts';
export { openLogger } from './logger.ts';
export { openMailer, type OpenMailer } from './open-mailer.ts';
export { runPart, type PartSurroundings } from './run-part.ts';
export { LISTENING, STOP, untilStopped } from './until-stopped.ts';
export { startWriterThread, type WriterThread } from './writer-thread.ts';
