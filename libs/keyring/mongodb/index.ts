export { mongoKeyring, type MongoKeyringOptions } from './mongo-keyring.ts';
