/** Where a runner says what happened. Details hold codes, names and numbers, never personal data. */
export type Log = Readonly<{
  info: (details: object, message: string) => void;
  warn: (details: object, message: string) => void;
  error: (details: object, message: string) => void;
}>;

/** Milliseconds since 1970. */
export type Clock = () => number;

/**
 * What may be said of an error in a log: its name and code. Messages can quote what was being written, so
 * they stay out.
 */
export const errorDetails = (error: unknown): { error: string; code?: string } => {
  if (!(error instanceof Error)) return { error: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  return { error: error.name, ...(typeof code === 'string' ? { code } : {}) };
};
