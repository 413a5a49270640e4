export { embeddedKeyring, KEYRING_FILE, type EmbeddedKeyringOptions } from './embedded-keyring.ts';
