/** A rebuild could not be carried out; what served before serves on. */
export class RebuildFailed extends Error {
  readonly code: 'already-running' | 'aborted';

  constructor(code: 'already-running' | 'aborted', message: string) {
    super(message);
    this.code = code;
    this.name = 'RebuildFailed';
  }
}
