export type CopyRefusal =
  /** The target holds another event where the source has one. */
  | 'copy-differs'
  /** The target holds all events of the source, and more. */
  | 'target-goes-on'
  /** Whoever copies was asked to stop. */
  | 'copy-aborted';

/** Why one log is no copy of another. Names streams, never what is in them. The message can be shown as it is. */
export class CopyRefused extends Error {
  readonly code: CopyRefusal;

  constructor(code: CopyRefusal, message: string) {
    super(message);
    this.name = 'CopyRefused';
    this.code = code;
  }
}

/** `revision` is that of the first event which is not the same. */
export const copyDiffers = (stream: string, revision: number): CopyRefused =>
  new CopyRefused(
    'copy-differs',
    `The target differs from the source at event ${String(revision)} of stream ${stream}. It cannot be made right, since events are never changed: begin anew with an empty target.`,
  );

/** `stream` is the one that the first event beyond the source belongs to. */
export const targetGoesOn = (stream: string): CopyRefused =>
  new CopyRefused(
    'target-goes-on',
    `The target holds all of the source and goes on after it, with stream ${stream}. It was written since it was copied: use it as it is, or begin anew with an empty target.`,
  );

/** Nothing is lost by it. */
export const copyAborted = (): CopyRefused =>
  new CopyRefused(
    'copy-aborted',
    'The copy was interrupted. Run the same command again: it goes on where it stopped.',
  );
