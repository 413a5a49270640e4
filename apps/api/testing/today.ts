/** In the time zone of the accounts in tests, where it is still yesterday when UTC has begun the day. */
export const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto' }).format(new Date());
