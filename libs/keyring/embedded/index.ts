export { embeddedKeyring, type EmbeddedKeyringOptions } from './embedded-keyring.ts';
