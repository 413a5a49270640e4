export { KeyringCopyRefused, type KeyringCopyRefusal } from './copy-refused.ts';
export { copyKeyring, type KeyringCopying, type KeyringCopyResult } from './copy-keyring.ts';
export type { WrappedKeys } from './wrapped-keys.ts';
