export { mongodbReadStore } from './mongodb-read-store.ts';
