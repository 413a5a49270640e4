import { Metadata, status } from '@grpc/grpc-js';

/** An error as gRPC sends it; `exception` is what EventStoreDB says beside the status. */
export type WireError = Readonly<{ code: number; details: string; metadata: Metadata }>;

const wireError = (
  code: number,
  details: string,
  also: Readonly<Record<string, string>> = {},
): WireError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(also)) metadata.set(key, value);
  return { code, details, metadata };
};

export const unknownError = (details: string): WireError => wireError(status.UNKNOWN, details);

export const brokenConnection = (): WireError =>
  wireError(status.UNAVAILABLE, 'Connection dropped');

export const accessDenied = (): WireError =>
  wireError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): WireError =>
  wireError(status.UNAUTHENTICATED, 'Bad HTTP status code 401');

export const streamDeleted = (stream: string): WireError =>
  wireError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const notLeader = (host: string, port: number): WireError =>
  wireError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
