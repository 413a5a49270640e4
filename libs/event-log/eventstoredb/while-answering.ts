/**
 * Waits for work that may take long, as long as the server answers something else in between: it is asked
 * every so many milliseconds. Rejects with the first question that gets no answer.
 */
export const whileAnswering = async <T>(
  work: Promise<T>,
  ask: () => Promise<unknown>,
  milliseconds: number,
): Promise<T> => {
  const { promise: silence, reject } = Promise.withResolvers<never>();
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    ask().then(() => (isAsking = false), reject);
  }, milliseconds);
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearInterval(timer);
  }
};
