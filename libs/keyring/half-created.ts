import { KeyringUnavailable } from './port.ts';

/** `place` is a file, or an address without a password. */
export const halfCreated = (place: string): KeyringUnavailable =>
  new KeyringUnavailable(
    'half-created',
    `The keyring in ${place} has keys, but not the note of their root key: a copy was interrupted, or a part of it is lost. Run attesta keyring copy again until it says that all is copied, or restore the keyring from a backup; nothing was changed.`,
  );
