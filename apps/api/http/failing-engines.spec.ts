import { describe, expect, it } from '@jest/globals';
import { EventLogUnavailable } from '#libs/event-log/port';
import { KeyringUnavailable } from '#libs/keyring/index';
import { MongoUnavailable } from '#libs/mongodb/index';
import { openTenant } from '../testing/accounts.ts';
import { runApi } from '../testing/running-api.ts';

describe('a ledger that cannot be written', () => {
  const failing = async (error: Error) => {
    let lost = 0;
    const broken = await runApi({ onLedgerLost: () => (lost += 1) });
    const { key } = await openTenant(broken);
    broken.engines.ledger.append = () => Promise.reject(error);
    const answer = await broken.call({
      method: 'POST',
      url: '/v1/lists',
      key,
      body: { name: { en: 'Canary' } },
    });
    const { logged } = broken;
    await broken.close();
    return { answer, lost, logged };
  };

  /** Says when to ask again, shows nothing of where the server is, and gives what was logged. */
  const goesOnAfter = async (error: Error): Promise<readonly object[]> => {
    const { answer, lost, logged } = await failing(error);
    expect([answer.status, answer.body.code, lost]).toEqual([503, 'unavailable', 0]);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(answer.text + JSON.stringify(logged)).not.toContain('one.example');
    return logged;
  };

  it('for want of space answers 507 and goes on', async () => {
    const { answer, lost } = await failing(new EventLogUnavailable('disk-full', 'full'));
    expect([answer.status, answer.body.code, lost]).toEqual([507, 'disk-full', 0]);
  });

  it('for an I/O error answers 503 and asks the process to stop', async () => {
    const { answer, lost } = await failing(new EventLogUnavailable('io-error', 'EIO'));
    expect([answer.status, answer.body.code, lost]).toEqual([503, 'unavailable', 1]);
  });

  it.each([
    ['log', new EventLogUnavailable('unreachable', 'no answer from esdb://jo:secret@one.example')],
    ['keyring', new KeyringUnavailable('unreachable', 'no answer')],
  ])(
    'for a server of the %s that is away answers 503, says when to ask again, and goes on',
    async (_, error) => {
      const logged = await goesOnAfter(error);
      expect(logged).toContainEqual(expect.objectContaining({ event: 'server-away' }));
    },
  );

  it.each([
    ['log', new EventLogUnavailable('unauthorised', 'esdb://jo:secret@one.example refuses')],
    ['keyring', new KeyringUnavailable('unauthorised', 'jo at one.example')],
    ['read models', new MongoUnavailable('unauthorised', 'jo at one.example')],
  ])(
    'for a server of the %s whose password was changed answers 503, goes on, and logs what to do',
    async (_, error) => {
      const logged = await goesOnAfter(error);
      const line = logged.find((entry) => 'event' in entry && entry.event === 'server-refuses');
      expect(line).toMatchObject({
        error: error.name,
        message: expect.stringMatching(/set ATTESTA_EVENTSTORE_URL and ATTESTA_MONGODB_URL anew/),
      });
    },
  );

  it('for a key that cannot be made durable answers 503 and asks the process to stop', async () => {
    const { answer, lost } = await failing(new KeyringUnavailable('io-error', 'EIO'));
    expect([answer.status, lost]).toEqual([503, 1]);
  });

  it('for a bug answers 500 with a number to tell, and logs neither the message nor the body', async () => {
    const { answer, logged } = await failing(new Error('Canary of jo@example.org'));
    expect([answer.status, answer.body.code]).toEqual([500, 'unexpected']);
    expect(answer.text).not.toContain('Canary');
    expect(answer.body.detail).toContain(answer.headers['x-correlation-id']);
    const line = logged.find((entry) => 'error' in entry);
    expect(line).toMatchObject({
      error: 'Error',
      correlationId: answer.headers['x-correlation-id'],
    });
    expect(JSON.stringify(logged)).not.toContain('Canary');
  });
});
