export { classifyMongoError } from './classify-mongo-error.ts';
export { isDuplicateKey } from './duplicate-key.ts';
export { noteFinished, noteUnfinished } from './format-note.ts';
export { MongoUnavailable, type MongoFailure } from './mongo-unavailable.ts';
export { checkMongoUrl, openMongo, type Mongo, type MongoOpening } from './open-mongo.ts';
