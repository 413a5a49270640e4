export { embeddedKeyring, type EmbeddedKeyringOptions } from './embedded-keyring.ts';
export { embeddedWrappedKeys } from './embedded-wrapped-keys.ts';
export { KEYRING_FILE } from './keyring-file.ts';
