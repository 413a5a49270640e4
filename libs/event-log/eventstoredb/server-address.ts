import { EventLogUnavailable } from '../port.ts';

const URL_FORM =
  /^esdb(?:\+discover)?:\/\/(?:[^:@/?]+:[^@/?]+@)?(?<hosts>[A-Za-z0-9._,:[\]-]+)\/?(?:\?(?<query>.*))?$/;

/** Each is known to the client; it would print the whole URL, password and all, on any other. */
const OPTIONS = new Set(
  [
    'connectionName',
    'defaultDeadline',
    'discoveryInterval',
    'gossipTimeout',
    'keepAliveInterval',
    'keepAliveTimeout',
    'maxDiscoverAttempts',
    'nodePreference',
    'tls',
    'tlsCAFile',
    'userCertFile',
    'userKeyFile',
  ].map((name) => name.toLowerCase()),
);

/**
 * The hosts of a connection string, which may be shown, unlike the string itself. Throws
 * `EventLogUnavailable` on a string that the client would not understand.
 */
export const serverAddress = (url: string): string => {
  const { hosts, query = '' } = URL_FORM.exec(url.trim())?.groups ?? {};
  if (hosts === undefined) throw notUnderstood(FORM);
  const wrong = query.split('&').find((pair) => pair !== '' && !isOption(pair));
  if (wrong === undefined) return hosts;
  // What looks like an option may be the rest of a password.
  if (query.includes('@')) throw notUnderstood(FORM);
  const [name = ''] = wrong.split('=');
  throw notUnderstood(`It says "${name}", which is no option, or an option without a value.`);
};

const FORM =
  'It has the form esdb://user:password@host:2113?tls=true; in a password, write ? as %3F, / as %2F and @ as %40.';

const isOption = (pair: string): boolean => {
  const [name = '', value = ''] = pair.split('=');
  return OPTIONS.has(name.toLowerCase()) && value !== '';
};

/** `reason` must not repeat the URL, which may hold a password. */
export const notUnderstood = (reason: string, cause?: unknown): EventLogUnavailable =>
  new EventLogUnavailable(
    'cannot-open',
    `The URL of EventStoreDB in ATTESTA_EVENTSTORE_URL is not understood. ${reason}`,
    { cause },
  );
