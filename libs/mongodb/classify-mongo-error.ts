import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoCompatibilityError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoUnexpectedServerResponseError,
  MongoWriteConcernError,
} from 'mongodb';

type Meaning = 'unreachable' | 'unauthorised' | 'wrong-version' | 'closed';

/** Codes of https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const AUTHORISATION = new Set([
  13, // Unauthorized
  18, // AuthenticationFailed
  8000, // AtlasError: what Atlas answers to a wrong password
]);

/** The server is there but cannot do it now; it may a moment later. */
const PASSING = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  43, // CursorNotFound: the server was started again between two pages
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  175, // QueryPlanKilled
  189, // PrimarySteppedDown
  237, // CursorKilled
  262, // ExceededTimeLimit
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
]);

const WRONG_PROTOCOL = [
  MongoCompatibilityError,
  MongoParseError,
  MongoUnexpectedServerResponseError,
] as const;
const CLOSED = [MongoClientClosedError, MongoTopologyClosedError, MongoNotConnectedError] as const;

/** What an error of the driver means for the caller; undefined: a bug, or a refusal of this one write. */
export const classifyMongoError = (error: unknown): Meaning | undefined => {
  if (CLOSED.some((each) => error instanceof each)) return 'closed';
  if (WRONG_PROTOCOL.some((each) => error instanceof each)) return 'wrong-version';
  if (error instanceof MongoServerSelectionError) return ofSelection(error);
  if (error instanceof MongoNetworkError) return classifyCause(error) ?? 'unreachable';
  if (error instanceof MongoServerError) return ofServer(error);
  if (isOfSocket(error) || hasName(error, 'MongoWaitQueueTimeoutError')) return 'unreachable';
  return undefined;
};

/** A connection that breaks while something is written to it is not always wrapped by the driver (EPIPE). */
const isOfSocket = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (('syscall' in error && 'errno' in error) || ('code' in error && error.code === 'EPIPE'));

const ofServer = (error: MongoServerError): Meaning | undefined => {
  // The driver hides what went wrong on the way in an error of the bulk that has no code of the server.
  if (error instanceof MongoBulkWriteError && typeof error.code !== 'number') return 'unreachable';
  if (error instanceof MongoWriteConcernError) return 'unreachable';
  if (typeof error.code !== 'number') return undefined;
  if (AUTHORISATION.has(error.code)) return 'unauthorised';
  return PASSING.has(error.code) || writeConcernFailed(error) ? 'unreachable' : undefined;
};

/** Written, but not by as many members as asked for in time: the outcome is not certain. */
const writeConcernFailed = (error: MongoServerError): boolean =>
  error instanceof MongoBulkWriteError && error.result.getWriteConcernError() !== undefined;

/** Why no server could be chosen is noted at each server that was tried. */
const ofSelection = ({ reason }: MongoServerSelectionError): Meaning => {
  const tried = [...(reason?.servers.values() ?? [])].map(({ error }) => classifyMongoError(error));
  return tried.find((each) => each === 'unauthorised' || each === 'wrong-version') ?? 'unreachable';
};

const classifyCause = ({ cause }: Error): Meaning | undefined =>
  cause === undefined ? undefined : classifyMongoError(cause);

const hasName = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;
