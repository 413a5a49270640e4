export type KeyringCopyRefusal =
  /** There is no keyring to copy, or it is itself an unfinished copy. */
  | 'nothing-to-copy'
  /** The target holds keys of another ledger, or under another root key. */
  | 'foreign-keyring'
  /** The target holds other keys than the source, or more. */
  | 'copy-differs'
  | 'copy-aborted';

/** Why one keyring cannot be copied to another. Names no person. The message can be shown as it is. */
export class KeyringCopyRefused extends Error {
  readonly code: KeyringCopyRefusal;

  constructor(code: KeyringCopyRefusal, message: string) {
    super(message);
    this.name = 'KeyringCopyRefused';
    this.code = code;
  }
}

/** `what` completes "it differs by …". */
export const copyDiffers = (target: string, what: string): KeyringCopyRefused =>
  new KeyringCopyRefused(
    'copy-differs',
    `The keyring in ${target} is no copy of the source: it differs by ${what}. If it was used since, go on using it; otherwise begin anew with an empty one.`,
  );
