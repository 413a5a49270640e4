/** Why a database file cannot be used. */
export type DatabaseFailure =
  /** No space: reads go on, and later writes may succeed. */
  | 'disk-full'
  /** The outcome of the write is unknown; a later success in this process would prove nothing. */
  | 'io-error'
  /** The file is damaged, or is no database at all. */
  | 'corrupt'
  /** The file was written by a later version of the program. */
  | 'newer-version'
  /** The file or its folder cannot be opened or written. */
  | 'cannot-open';

/** The file cannot be used. Its message can be shown as it is: it names the file. */
export class DatabaseUnavailable extends Error {
  readonly code: DatabaseFailure;

  constructor(code: DatabaseFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = 'DatabaseUnavailable';
  }
}

/** A sentence for the person who runs the program, naming the file and what to do. */
export const databaseUnavailable = (
  code: DatabaseFailure,
  path: string,
  cause?: unknown,
): DatabaseUnavailable =>
  new DatabaseUnavailable(code, sentence(code, path), cause === undefined ? undefined : { cause });

const sentence = (code: DatabaseFailure, path: string): string => {
  switch (code) {
    case 'disk-full':
      return `The disk that holds ${path} is full. Free some space, then try again.`;
    case 'io-error':
      return `Reading or writing ${path} failed in the operating system. Check the disk, then start the program again: what was confirmed before is kept.`;
    case 'corrupt':
      return `The file ${path} is damaged or is not a database of this program. Restore it from a backup; it was left as it is.`;
    case 'newer-version':
      return `The file ${path} was written by a newer version of this program. Run that version, or restore a backup made by this one.`;
    case 'cannot-open':
      return `The file ${path} cannot be opened. Check that its folder exists and that this program may read and write there.`;
  }
};
