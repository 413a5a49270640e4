/** The properties of a body that were sent: an optional one that is absent must not become undefined. */
export const given = <T extends object>(body: T): Given<T> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>;

/** As the type checker sees it under exactOptionalPropertyTypes, without the prototype of the DTO. */
export type Given<T> = { [K in keyof T]: T[K] };
