export { mongoLeases } from './mongo-leases.ts';
