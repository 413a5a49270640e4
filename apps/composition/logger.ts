import { pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * JSON lines on stderr. Errors are logged by name, code and place only: their messages can quote what
 * somebody sent.
 */
export const openLogger = (level: LogLevel, app: string): Logger =>
  pino(
    {
      level,
      base: { app, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorSerializer, error: errorSerializer },
    },
    pino.destination({ dest: 2, sync: true }),
  );

const errorSerializer = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const code: unknown = 'code' in error ? error.code : undefined;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    places: places.slice(0, 8).map((line) => line.trim()),
  };
};
