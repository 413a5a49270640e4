import { MongoNetworkTimeoutError } from 'mongodb';

/**
 * The result of the work, or the driver's own error for a server that is silent, once the time is over. The
 * driver bounds the way to a server, but not how long a server thinks.
 */
export const within = async <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new MongoNetworkTimeoutError(`no answer within ${milliseconds} ms`));
  }, milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
