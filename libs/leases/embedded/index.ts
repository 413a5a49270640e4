export { embeddedLeases } from './embedded-leases.ts';
