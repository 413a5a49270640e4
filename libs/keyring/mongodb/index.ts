export { mongoKeyring, type MongoKeyringOptions } from './mongo-keyring.ts';
export { mongoWrappedKeys } from './mongo-wrapped-keys.ts';
