import { resolve } from 'node:path';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says, checked. Each value has a default that works on a fresh machine. */
export type Config = Readonly<{
  /** Where the embedded engines keep everything; beside servers only keys and the built-in mailbox. */
  dataDirectory: string;
  /** The engines that many machines share; the embedded ones when absent. */
  servers?: Servers;
  host: string;
  port: number;
  /** What links in mail begin with; no slash at its end. */
  publicUrl: string;
  operatorKey?: string;
  /** 32 bytes; without it a file beside the data is made at first start. */
  rootKey?: Uint8Array;
  /** SMTP relays in order of preference; none means the built-in mailbox. */
  smtpUrls: readonly URL[];
  logLevel: LogLevel;
}>;

/** Where EventStoreDB and MongoDB are, with the credentials for them. Never logged. */
export type Servers = Readonly<{ eventStoreUrl: string; mongodbUrl: string }>;

/** A variable of the environment has a value that cannot be meant. The message can be shown as it is. */
export class ConfigError extends Error {
  readonly variable: string;

  constructor(variable: string, mustBe: string) {
    super(`${variable} ${mustBe}`);
    this.variable = variable;
    this.name = 'ConfigError';
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration. Throws `ConfigError`, which names the variable and never shows its value. */
export const readConfig = (environment: Environment): Config => {
  const value = (name: string): string | undefined => {
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const host = value('ATTESTA_HOST') ?? '127.0.0.1';
  const port = portIn(value('ATTESTA_PORT'));
  const operatorKey = value('ATTESTA_OPERATOR_KEY');
  const rootKey = rootKeyIn(value('ATTESTA_ROOT_KEY'));
  const servers = serversIn(value(EVENTSTORE), value(MONGODB));
  return {
    dataDirectory: resolve(value('ATTESTA_DATA_DIR') ?? './data'),
    ...(servers === undefined ? {} : { servers }),
    host,
    port,
    publicUrl: publicUrlIn(value('ATTESTA_PUBLIC_URL'), host, port),
    ...(operatorKey === undefined ? {} : { operatorKey }),
    ...(rootKey === undefined ? {} : { rootKey }),
    smtpUrls: smtpUrlsIn(value('ATTESTA_SMTP_URL')),
    logLevel: logLevelIn(value('ATTESTA_LOG_LEVEL')),
  };
};

const EVENTSTORE = 'ATTESTA_EVENTSTORE_URL';
const MONGODB = 'ATTESTA_MONGODB_URL';

const serversIn = (
  eventStoreUrl: string | undefined,
  mongodbUrl: string | undefined,
): Servers | undefined => {
  if (eventStoreUrl === undefined && mongodbUrl === undefined) return undefined;
  // The other half would be kept on one machine, where nobody looks for it.
  if (eventStoreUrl === undefined || mongodbUrl === undefined) {
    const [missing, given] =
      eventStoreUrl === undefined ? [EVENTSTORE, MONGODB] : [MONGODB, EVENTSTORE];
    throw new ConfigError(missing, `must be set where ${given} is. Set both, or neither.`);
  }
  if (!/^esdb(\+discover)?:\/\/[^/?#]/.test(eventStoreUrl)) {
    throw new ConfigError(
      EVENTSTORE,
      'must be an address such as esdb://user:password@host:2113?tls=true.',
    );
  }
  if (!/^mongodb(\+srv)?:\/\/[^/?#]+\/[^/?#]+/.test(mongodbUrl)) {
    throw new ConfigError(
      MONGODB,
      'must be an address that names a database, such as mongodb://user:password@host:27017/attesta.',
    );
  }
  return { eventStoreUrl, mongodbUrl };
};

const portIn = (text: string | undefined): number => {
  const port = Number(text ?? '3000');
  if (!/^\d+$/.test(text ?? '3000') || port > 65_535) {
    throw new ConfigError('ATTESTA_PORT', 'must be a whole number from 0 to 65535.');
  }
  return port;
};

const urlIn = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const publicUrlIn = (text: string | undefined, host: string, port: number): string => {
  const authority = host.includes(':') ? `[${host}]` : host;
  const url = urlIn(text ?? `http://${authority}:${port}`);
  const isPlain =
    url !== undefined &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '';
  if (!isPlain) {
    throw new ConfigError(
      text === undefined ? 'ATTESTA_HOST' : 'ATTESTA_PUBLIC_URL',
      text === undefined
        ? 'must be a host name or an IP address.'
        : 'must be an address such as https://mail.example.org, without a query.',
    );
  }
  return url.href.replace(/\/+$/, '');
};

const rootKeyIn = (text: string | undefined): Uint8Array | undefined => {
  if (text === undefined) return undefined;
  const key = Buffer.from(text, 'base64');
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text) || key.length !== 32) {
    throw new ConfigError(
      'ATTESTA_ROOT_KEY',
      'must be 32 bytes in base64, as `openssl rand -base64 32` makes them.',
    );
  }
  return key;
};

const smtpUrlsIn = (text: string | undefined): readonly URL[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const url = urlIn(each);
      if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
        throw new ConfigError(
          'ATTESTA_SMTP_URL',
          'must be one or several addresses of the form smtp://user:password@host:port, separated by commas.',
        );
      }
      return url;
    });

const logLevelIn = (text: string | undefined): LogLevel => {
  const level = LOG_LEVELS.find((each) => each === (text ?? 'info'));
  if (level === undefined) {
    throw new ConfigError('ATTESTA_LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}.`);
  }
  return level;
};
