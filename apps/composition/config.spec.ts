import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { ConfigError, readConfig, type Environment } from './config.ts';

const expectRefusal = (environment: Environment, variable: string, secret: string): void => {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toMatch(new RegExp(`^${variable} .*\\.$`));
    expect((error as ConfigError).message).not.toContain(secret);
    return;
  }
  throw new Error('It was accepted.');
};

describe('configuration', () => {
  it('has defaults that work on a fresh machine', () => {
    expect(readConfig({})).toEqual({
      dataDirectory: resolve('data'),
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      smtpUrls: [],
      logLevel: 'info',
    });
  });

  it('reads what is set, and takes an empty value for none', () => {
    const config = readConfig({
      ATTESTA_DATA_DIR: '/srv/attesta',
      ATTESTA_HOST: '::1',
      ATTESTA_PORT: '0',
      ATTESTA_PUBLIC_URL: ' https://mail.example.org/news/ ',
      ATTESTA_OPERATOR_KEY: '',
      ATTESTA_ROOT_KEY: Buffer.alloc(32, 7).toString('base64'),
      ATTESTA_SMTP_URL: 'smtp://a:b@one.example:25, smtps://two.example',
      ATTESTA_LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({ host: '::1', port: 0, logLevel: 'warn' });
    expect(config.publicUrl).toBe('https://mail.example.org/news');
    expect(config.operatorKey).toBeUndefined();
    expect(config.rootKey).toHaveLength(32);
    expect(config.smtpUrls.map(({ hostname }) => hostname)).toEqual(['one.example', 'two.example']);
  });

  it('makes links to an IPv6 host', () => {
    expect(readConfig({ ATTESTA_HOST: '::1' }).publicUrl).toBe('http://[::1]:3000');
  });

  it.each([
    ['ATTESTA_PORT', '80a'],
    ['ATTESTA_PORT', '65536'],
    ['ATTESTA_PORT', '-1'],
    ['ATTESTA_HOST', 'my box'],
    ['ATTESTA_PUBLIC_URL', 'letters.example'],
    ['ATTESTA_PUBLIC_URL', 'ftp://mail.example.org'],
    ['ATTESTA_PUBLIC_URL', 'https://mail.example.org/?a=b'],
    ['ATTESTA_ROOT_KEY', 'c2hvcnQ='],
    ['ATTESTA_ROOT_KEY', `${'*'.repeat(43)}=`],
    ['ATTESTA_SMTP_URL', 'https://relay.example'],
    ['ATTESTA_SMTP_URL', 'smtp://ok.example,relay'],
    ['ATTESTA_LOG_LEVEL', 'loud'],
  ])('stops with a sentence that names %s and does not repeat its value %s', (variable, value) => {
    expectRefusal({ [variable]: value }, variable, value);
  });

  const eventStore = 'esdb://jo:secret@one.example:2113?tls=true';
  const mongodb = 'mongodb://jo:secret@one.example:27017/attesta';

  it('takes the addresses of both servers, or of none', () => {
    const both = { ATTESTA_EVENTSTORE_URL: eventStore, ATTESTA_MONGODB_URL: mongodb };
    expect(readConfig(both).servers).toEqual({ eventStoreUrl: eventStore, mongodbUrl: mongodb });
    expectRefusal({ ATTESTA_EVENTSTORE_URL: eventStore }, 'ATTESTA_MONGODB_URL', 'secret');
    expectRefusal({ ATTESTA_MONGODB_URL: mongodb }, 'ATTESTA_EVENTSTORE_URL', 'secret');
  });

  it.each([
    ['ATTESTA_EVENTSTORE_URL', 'http://jo:secret@one.example'],
    ['ATTESTA_EVENTSTORE_URL', 'esdb:///secret'],
    ['ATTESTA_EVENTSTORE_URL', 'secret'],
    ['ATTESTA_MONGODB_URL', 'mongodb://jo:secret@one.example'],
    ['ATTESTA_MONGODB_URL', 'mongodb://jo:secret@one.example/?tls=true'],
    ['ATTESTA_MONGODB_URL', 'mysql://jo:secret@one.example/attesta'],
  ])('refuses %s where it is no address of such a server: %s', (variable, value) => {
    const both = { ATTESTA_EVENTSTORE_URL: eventStore, ATTESTA_MONGODB_URL: mongodb };
    expectRefusal({ ...both, [variable]: value }, variable, value);
  });
});
