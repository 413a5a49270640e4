import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

/** A message, or the bytes of one that was made before. */
export type Answer = ReadResp | Buffer;
export type ReadCall = ServerWritableStream<ReadReq, Answer>;

/** Sends one message and waits while the reader is slow. False once the reader has gone. */
export const send = async (call: ReadCall, answer: Answer): Promise<boolean> => {
  if (call.cancelled) return false;
  if (call.write(answer)) return true;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  call.once('cancelled', leave);
  try {
    await once(call, 'drain', { signal: gone.signal });
  } catch {
    // Only the abort ends the wait early.
    return false;
  } finally {
    call.off('cancelled', leave);
  }
  return true;
};
