export { embeddedReadStore } from './embedded-read-store.ts';
