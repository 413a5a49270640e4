export { embeddedRequestStore } from './embedded-request-store.ts';
