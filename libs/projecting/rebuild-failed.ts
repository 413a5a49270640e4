export type RebuildFailure =
  | 'already-running'
  /** It was asked to end. */
  | 'aborted'
  /** A lease could not be renewed in time, and went to somebody else. */
  | 'lease-lost';

/** A rebuild could not be carried out; what served before serves on. */
export class RebuildFailed extends Error {
  readonly code: RebuildFailure;

  constructor(code: RebuildFailure, message: string) {
    super(message);
    this.code = code;
    this.name = 'RebuildFailed';
  }
}
