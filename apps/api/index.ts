export { createApi } from './create-api.ts';
export type { ApiDependencies } from './dependencies.ts';
export { greeting } from './greeting.ts';
export { AddressInUse, startApi, type StartedApi } from './start-api.ts';
