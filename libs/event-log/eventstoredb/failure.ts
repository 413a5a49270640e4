import { EventLogUnavailable } from '../port.ts';

/** Codes of gRPC that say something about an event log. */
const CODES = {
  invalidArgument: 3,
  permissionDenied: 7,
  failedPrecondition: 9,
  unimplemented: 12,
  unauthenticated: 16,
} as const;

type GrpcError = Readonly<{ code?: unknown }>;

const partsOf = (error: unknown): GrpcError =>
  typeof error === 'object' && error !== null ? error : {};

/**
 * The log's word for an error of the connection to `server` (its address, never its password). Everything
 * that is not known to be for good is taken for an outage. An error that is our own bug is thrown.
 */
export const eventLogFailure = (error: unknown, server: string): EventLogUnavailable => {
  if (error instanceof EventLogUnavailable) return error;
  if (error instanceof TypeError || error instanceof RangeError) throw error;
  switch (partsOf(error).code) {
    case CODES.permissionDenied:
    case CODES.unauthenticated:
      return unauthorised(server, error);
    case CODES.unimplemented:
      return wrongVersion(
        `What answers at ${server} is no EventStoreDB of version 23.10 or later. Check ATTESTA_EVENTSTORE_URL.`,
        error,
      );
    case CODES.failedPrecondition:
      return streamDeleted(server, error);
    case CODES.invalidArgument:
      throw error;
    default:
      return unreachable(server, error);
  }
};

/** It may be away, restarting, or cut off: nobody can tell from here. */
export const unreachable = (server: string, cause: unknown): EventLogUnavailable =>
  new EventLogUnavailable(
    'unreachable',
    `EventStoreDB at ${server} does not answer. Check that it runs and that ATTESTA_EVENTSTORE_URL names it; what was asked may be asked again.`,
    { cause },
  );

/** Another attempt would not help. */
export const unauthorised = (server: string, cause?: unknown): EventLogUnavailable =>
  new EventLogUnavailable(
    'unauthorised',
    `EventStoreDB at ${server} refuses this user. Check the name, the password and the rights of ATTESTA_EVENTSTORE_URL.`,
    { cause },
  );

/** `sentence` says what answers and what is needed. */
export const wrongVersion = (sentence: string, cause?: unknown): EventLogUnavailable =>
  new EventLogUnavailable('wrong-version', sentence, { cause });

/** Nothing can be appended where it was, and its history is gone. */
export const streamDeleted = (server: string, cause?: unknown): EventLogUnavailable =>
  new EventLogUnavailable(
    'corrupt',
    `A stream of this ledger was deleted in EventStoreDB at ${server} by hand. Restore it from a backup.`,
    { cause },
  );

/** What was read is no event of ours. */
export const damaged = (server: string, cause?: unknown): EventLogUnavailable =>
  new EventLogUnavailable(
    'corrupt',
    `EventStoreDB at ${server} holds an event in a stream of this ledger that Attesta did not write.`,
    { cause },
  );

/** For whoever goes on using a log after `close()`. */
export const closed = (server: string): EventLogUnavailable =>
  new EventLogUnavailable('closed', `The event log in EventStoreDB at ${server} was closed.`);
