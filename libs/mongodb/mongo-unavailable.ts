/** Why a MongoDB server or its database cannot be used. */
export type MongoFailure =
  /** The server does not answer, or cannot serve now. What was asked may be asked again. */
  | 'unreachable'
  /** The server refuses the name or the password, or what they may do. */
  | 'unauthorised'
  /** What answers is too old, or no MongoDB. */
  | 'wrong-version'
  /** The URL cannot be meant. */
  | 'wrong-url'
  /** The database was left incomplete, or holds something else. */
  | 'half-created'
  /** The database was written by a later version of the program. */
  | 'newer-version'
  /** `close()` was called before. */
  | 'closed';

/** Its message can be shown as it is: it names the server, never a password. */
export class MongoUnavailable extends Error {
  readonly code: MongoFailure;

  constructor(code: MongoFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = 'MongoUnavailable';
  }
}

/** The sentence for a failure that the server or the driver reported. */
export const mongoUnavailable = (
  code: Exclude<MongoFailure, 'wrong-url' | 'half-created' | 'newer-version'>,
  place: string,
  cause?: unknown,
): MongoUnavailable =>
  new MongoUnavailable(code, sentence(code, place), cause === undefined ? undefined : { cause });

const sentence = (code: Parameters<typeof mongoUnavailable>[0], place: string): string => {
  switch (code) {
    case 'unreachable':
      return `MongoDB at ${place} does not answer. Check that it runs and that ATTESTA_MONGODB_URL names it; what was confirmed before is kept.`;
    case 'unauthorised':
      return `MongoDB at ${place} refuses the user. Check the name, the password and the authSource in ATTESTA_MONGODB_URL, and that the user may read and write there.`;
    case 'wrong-version':
      return `What answers at ${place} is no MongoDB that this program can use. Run MongoDB 6.0 or later, or correct ATTESTA_MONGODB_URL.`;
    case 'closed':
      return `The connection to MongoDB at ${place} was closed. Open it again.`;
  }
};
