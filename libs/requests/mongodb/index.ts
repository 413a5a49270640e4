export { mongoRequestStore } from './mongo-request-store.ts';
