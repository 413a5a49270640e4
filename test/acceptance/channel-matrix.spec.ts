import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEngines } from '#apps/composition/index';
import { Client, type Answer } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { engineConfig } from './support/engines.ts';
import {
  clock,
  purchaseOf,
  SUPPRESSIONS,
  Suppressed,
  type Scene,
  type Suppression,
} from './support/matrix.ts';
import { OPERATOR_KEY, startProduct, type RunningProgram } from './support/program.ts';
import { Publisher } from './support/publisher.ts';

/** What clients read of each suppression, through every channel of theirs. */
const CODES: Readonly<Record<Suppression, string>> = {
  unsubscribed: 'unsubscribed-all',
  complaint: 'complaint',
  invalid: 'invalid-address',
  erased: 'erased',
};
const STATUSES: Readonly<Record<Suppression, string>> = {
  unsubscribed: 'unsubscribed',
  complaint: 'complained',
  invalid: 'invalid',
  erased: 'erased',
};

const isBroughtBackByPreferences = (suppression: Suppression): boolean =>
  suppression === 'unsubscribed' || suppression === 'complaint';

describe('C-27, IMP-4, UNS-5, UNS-6: who can bring back whom, by which channel', () => {
  let product: RunningProgram;
  let scene: Scene;
  let member: Client;

  beforeAll(async () => {
    const dataDirectory = await newDataDirectory();
    product = await startProduct(dataDirectory);
    const publisher = await Publisher.open(product);
    const { listId, wordingId, client, accountId } = publisher;
    const terms = { name: 'matrix', listIds: [listId], wordingId, optIn: 'double' };
    const formId = (await client.post('/v1/forms', terms)).body.id;
    const engines = await openEngines(engineConfig(dataDirectory), ({ code }) => {
      throw new Error(code);
    });
    scene = { publisher, stranger: new Client(product.url), engines, dataDirectory, formId };
    const scopes = ['recipients:read', 'recipients:write'];
    const operator = new Client(product.url, OPERATOR_KEY);
    const issued = { name: 'member', scopes };
    const { key } = (await operator.post(`/v1/accounts/${accountId}/api-keys`, issued)).body;
    member = new Client(product.url, key);
  }, 60_000);
  afterAll(async () => {
    await scene.engines.close();
    await product.stop();
    await removeDataDirectory(scene.dataDirectory);
  });

  const statusOf = async ({ id }: Suppressed): Promise<string> =>
    (await scene.publisher.client.get(`/v1/recipients/${id}`)).body.status;

  /** Nothing is written, and the person stays as they were. */
  const unmoved = async (
    suppression: Suppression,
    attempt: (person: Suppressed) => Promise<void>,
  ): Promise<void> => {
    const person = await Suppressed.by(suppression, scene);
    const before = await person.history();
    await attempt(person);
    expect(await person.history()).toHaveLength(before.length);
    expect(await statusOf(person)).toBe(STATUSES[suppression]);
  };

  /** What was written, and by whom, as an auditor would read it. */
  const audited = async (person: Suppressed, from: number) => {
    const added = (await person.history()).slice(from);
    return added.map(({ event, metadata: { actor, channel } }) => [
      event.type,
      actor.kind,
      channel,
    ]);
  };
  const refusal = ({ status, body }: Answer): unknown[] => [status, body.code];

  describe.each(SUPPRESSIONS)('%s', (suppression) => {
    it('a mass import refuses the row and reports it', async () => {
      await unmoved(suppression, async (person) => {
        const row = await person.import();
        expect(row).toMatchObject({ outcome: 'refused', code: CODES[suppression] });
        // No detail of an erased person is shown.
        if (suppression === 'erased') expect(row).not.toHaveProperty('email');
      });
    });

    it('the API refuses', async () => {
      await unmoved(suppression, async (person) => {
        expect(refusal(await person.subscribe())).toEqual([409, CODES[suppression]]);
        expect(refusal(await person.buy())).toEqual([409, CODES[suppression]]);
      });
    });

    it('a console command refuses', async () => {
      await unmoved(suppression, async (person) => {
        const consent = JSON.stringify(purchaseOf('2026-02-01'));
        const { status, out } = await person.console('subscribe', '--consent', consent);
        expect([status, JSON.parse(out)]).toMatchObject([1, { code: CODES[suppression] }]);
      });
    });

    it(
      suppression === 'invalid'
        ? 'a public form refuses, with the same neutral page'
        : 'a public form lets the person back by double opt-in, with a new express consent',
      async () => {
        if (suppression === 'invalid') {
          await unmoved(suppression, (person) => person.signUp());
          return;
        }
        const person = await Suppressed.by(suppression, scene);
        const { length } = await person.history();
        await person.signUp();
        expect(await statusOf(person)).toBe(STATUSES[suppression]);
        expect(await person.confirm()).toBe(200);
        expect(await statusOf(person)).toBe('active');
        expect(await audited(person, length)).toEqual([
          ['RecipientSubscribed', 'recipient', 'form'],
          ['PrivacyBasisRecorded', 'recipient', 'form'],
          ['SubscriptionConfirmed', 'recipient', 'form'],
          ['ExpressConsentGiven', 'recipient', 'form'],
        ]);
        const { event } = (await person.history()).find(
          (each) => each.event.type === 'SubscriptionConfirmed',
        ) ?? { event: undefined };
        expect(event).toMatchObject({ data: { liftsSuppression: true } });
      },
    );

    it('the ordinary button of the preference page brings nobody back', async () => {
      await unmoved(suppression, async (person) => {
        const { status } = await person.preferences();
        expect(status).toBe(suppression === 'erased' ? 410 : 200);
      });
    });

    it(
      isBroughtBackByPreferences(suppression)
        ? 'the preference page lets the person back by double opt-in, with a new express consent'
        : 'the preference page refuses to bring the person back',
      async () => {
        if (!isBroughtBackByPreferences(suppression)) {
          await unmoved(suppression, async (person) => {
            const { status } = await person.comeBack();
            expect(status).toBe(suppression === 'erased' ? 410 : 409);
          });
          return;
        }
        const person = await Suppressed.by(suppression, scene);
        const { length } = await person.history();
        expect((await person.comeBack()).status).toBe(200);
        expect(await statusOf(person)).toBe(STATUSES[suppression]);
        expect(await person.confirm()).toBe(200);
        expect(await statusOf(person)).toBe('active');
        expect(await audited(person, length)).toEqual([
          ['RecipientSubscribed', 'recipient', 'preferences'],
          ['PrivacyBasisRecorded', 'recipient', 'preferences'],
          ['SubscriptionConfirmed', 'recipient', 'preferences'],
          ['ExpressConsentGiven', 'recipient', 'preferences'],
        ]);
        const lifting = (await person.history()).filter(
          ({ event }) => event.type === 'SubscriptionConfirmed' && event.data.liftsSuppression,
        );
        expect(lifting).toHaveLength(1);
      },
    );

    const reactivated = suppression === 'unsubscribed' || suppression === 'complaint';
    it(`manual reactivation ${reactivated ? 'takes warning, basis, evidence and reason' : 'refuses'}`, async () => {
      if (!reactivated) {
        await unmoved(suppression, async (person) => {
          const warning = `/v1/recipients/${person.id}/reactivate`;
          const { client } = scene.publisher;
          expect(refusal(await client.call('GET', warning))).toEqual([409, CODES[suppression]]);
          expect(refusal(await person.reactivate())).toEqual([409, CODES[suppression]]);
        });
        return;
      }
      const person = await Suppressed.by(suppression, scene);
      const { length } = await person.history();
      const byMember = await person.reactivate(member);
      if (suppression === 'complaint') {
        expect(refusal(byMember)).toEqual([403, 'admin-needed']);
        expect(await person.history()).toHaveLength(length);
        expect((await person.reactivate()).status).toBe(200);
      } else expect(byMember.status).toBe(200);
      expect(await statusOf(person)).toBe('active');
      expect(await audited(person, length)).toEqual([
        ['RecipientReactivated', 'api-client', 'api'],
        ['ImpliedConsentRecorded', 'api-client', 'api'],
      ]);
    });

    it(`reactivation at the console ${reactivated ? 'shows the warning first' : 'refuses'}`, async () => {
      const consent = ['--consent', JSON.stringify(purchaseOf(clock().today))];
      const words = ['reactivate', '--reason', 'called us', ...consent];
      if (!reactivated) {
        await unmoved(suppression, async (person) => {
          // An erased person's address leads to nobody's data; the id is all that is left of them.
          const { status, out } = await person.console(...words);
          expect([status, JSON.parse(out)]).toMatchObject([1, { code: CODES[suppression] }]);
        });
        return;
      }
      const person = await Suppressed.by(suppression, scene);
      const { length } = await person.history();
      const warned = await person.console(...words);
      const { code, detail } = JSON.parse(warned.out);
      expect([warned.status, code]).toEqual([1, 'warning-not-acknowledged']);
      expect(await person.history()).toHaveLength(length);
      const [warningId = ''] = /(?:complaint|unsubscription)-v\d+-\d+/.exec(detail) ?? [];
      const done = await person.console(...words, '--acknowledge', warningId);
      expect([done.status, JSON.parse(done.out).status]).toEqual([0, 'active']);
      expect(await audited(person, length)).toEqual([
        ['RecipientReactivated', 'staff', 'console'],
        ['ImpliedConsentRecorded', 'staff', 'console'],
      ]);
    });

    it(`the operator ${suppression === 'invalid' ? 'has the correction path (P-07)' : 'changes nothing'}`, async () => {
      const words = ['correct', '--reason', 'The provider confirmed its outage'];
      if (suppression !== 'invalid') {
        await unmoved(suppression, async (person) => {
          await person.console(...words);
        });
        return;
      }
      const person = await Suppressed.by(suppression, scene);
      const { length } = await person.history();
      const { status, out } = await person.console(...words);
      const view = JSON.parse(out);
      expect([status, view.status, view.consent]).toEqual([0, 'active', { kind: 'none' }]);
      expect(await audited(person, length)).toEqual([['InvalidityCleared', 'staff', 'console']]);
      const { allow } = await scene.publisher.explain(person.id);
      expect(allow).toBe(false);
    });
  });

  it('C-19: an express consent of 2024 in a file leaves who unsubscribed since unsubscribed', async () => {
    await unmoved('unsubscribed', async (person) => {
      const row = await person.import('2024-03-01');
      expect(row).toMatchObject({ outcome: 'refused', code: 'unsubscribed-all' });
    });
  });

  it('C-28: an invoice after an unsubscription leaves the person unsubscribed', async () => {
    await unmoved('unsubscribed', async (person) => {
      expect(refusal(await person.buy())).toEqual([409, 'unsubscribed-all']);
      const { allow, reasons } = await scene.publisher.explain(person.id);
      expect([allow, reasons[0].code]).toEqual([false, 'unsubscribed-all']);
    });
  });
});
