/** Makes an unhandled case a compile error. Throws if the types were circumvented at run time. */
export const assertNever = (unexpected: never): never => {
  const kind = (unexpected as { type?: unknown } | undefined)?.type;
  throw new Error(`Unhandled case: ${typeof kind === 'string' ? kind : typeof unexpected}`);
};
