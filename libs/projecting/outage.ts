/**
 * Whether a server that something stands on does not answer now. It is nobody's fault who asked: what was
 * asked may be asked again, and nothing is done twice. Every room's error of this kind has the same code.
 */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'unreachable';
