import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AccountEvent } from '#domain/account/index';
import type { DeliveryEvent } from '#domain/delivery/index';
import { clear, ImportId, type Language, type Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { anyEvent } from '#domain/recipient/testing/arbitraries';
import { anyDeliveryEvent } from '#domain/testing/arbitrary-events';
import { aCampaign, anAccount, aNewsletter, aRecipient, later } from '#domain/testing/sample-ids';
import { positionOf, recorder } from '#projections/testing/recorded';
import { assembleDossier } from './assemble-dossier.ts';
import type { Material } from './material.ts';
import { dossierPage } from './page/dossier-page.ts';

const opened: AccountEvent = {
  type: 'AccountOpened',
  data: {
    name: 'Atelier',
    timeZone: 'America/Toronto',
    languages: ['fr' as Language],
    regimes: ['casl'],
    organisationType: 'commercial',
  },
  personal: clear({
    sender: { name: 'Atelier', email: 'a@example.org', postalAddress: '1, rue A' },
    privacyOfficer: { title: 'Officer', email: 'b@example.org' },
  }),
};
const planned: DeliveryEvent = {
  type: 'DeliveryPlanned',
  data: {
    accountId: anAccount,
    recipientId: aRecipient,
    content: { kind: 'newsletter', newsletterId: aNewsletter, campaignId: aCampaign },
    listIds: [],
    at: later,
  },
};
const anImport = ImportId.parse('imp_01jd0000000000000000000001');
const nothing = new Map<never, never>();

/** A person's stream and one of a delivery, recorded in the order given. */
const materialOf = (events: readonly (RecipientEvent | DeliveryEvent)[]): Material => {
  const book = recorder();
  const account = book.record(`account-${anAccount}`, opened);
  const isDelivery = (event: { type: string }): boolean => event.type.startsWith('Delivery');
  book.record(`delivery-${aNewsletter}.${aRecipient}`, planned);
  for (const event of events) {
    const stream = isDelivery(event)
      ? `delivery-${aNewsletter}.${aRecipient}`
      : `recipient-${aRecipient}`;
    book.record(stream, event);
  }
  const of = (category: string) =>
    book.all().filter(({ stream }) => stream.startsWith(`${category}-`));
  return {
    scope: {
      accountId: anAccount,
      recipientId: aRecipient,
      now: later,
      upTo: positionOf(book.all().length),
    },
    account: [account as Recorded<AccountEvent>],
    history: of('recipient') as Recorded<RecipientEvent>[],
    deliveries: [
      { key: `${aNewsletter}.${aRecipient}`, events: of('delivery') as Recorded<DeliveryEvent>[] },
    ],
    meanings: {
      lists: nothing,
      forms: nothing,
      imports: nothing,
      newsletters: nothing,
      wordings: nothing,
      statements: nothing,
      keys: nothing,
    },
  };
};

/** An undo of an import gives back consents by their revisions, which events at random do not have. */
const anyLife = fc.array(
  fc.oneof(
    anyEvent.filter(({ type }) => type !== 'ImportChangesUndone'),
    anyDeliveryEvent,
  ),
  { minLength: 1, maxLength: 25 },
);

describe('C-29: a dossier of any life', () => {
  it('leaves out nothing: each event of the person and of their messages is in it, once', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const material = materialOf(life);
        const { events, messages, counts } = assembleDossier(material);
        expect(events.map(({ eventId }) => eventId)).toEqual(material.history.map(({ id }) => id));
        expect(messages.flatMap((each) => each.events.map(({ eventId }) => eventId))).toEqual(
          material.deliveries.flatMap((each) => each.events.map(({ id }) => id)),
        );
        expect(counts.events).toBe(events.length);
      }),
      { numRuns: 300 },
    );
  });

  it('names only events that it holds', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const material = materialOf(life);
        const dossier = assembleDossier(material);
        const held = new Set(
          [...material.history, ...material.deliveries.flatMap(({ events }) => events)].map(
            ({ id }) => id,
          ),
        );
        const named = [
          ...dossier.permission.reasons.flatMap(({ eventIds }) => eventIds),
          ...dossier.consents.flatMap(({ eventId, endedBy }) => [eventId, endedBy ?? eventId]),
          ...dossier.unsubscriptions.flatMap(({ actions, stopped, liftedBy, eventId }) => [
            ...actions.consentsEnded,
            ...stopped.map((each) => each.eventId),
            liftedBy ?? eventId,
          ]),
          ...dossier.messages.flatMap(({ attempts }) =>
            attempts.flatMap(({ gate }) => [
              gate.eventId,
              ...gate.reasons.flatMap(({ eventIds }) => eventIds),
            ]),
          ),
        ];
        expect(named.filter((eventId) => !held.has(eventId))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has one attempt for each claim, decided on what was recorded before it', () => {
    fc.assert(
      fc.property(anyLife, anyLife, (life, all) => {
        const more = all.filter(({ type }) => !type.startsWith('Delivery'));
        const before = assembleDossier(materialOf(life)).messages;
        const after = assembleDossier(materialOf([...life, ...more])).messages;
        expect(after).toEqual(before);
        const claims = life.filter(({ type }) => type === 'DeliveryAttempted');
        expect(before.flatMap(({ attempts }) => attempts)).toHaveLength(claims.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is a page in both languages', () => {
    fc.assert(
      fc.property(anyLife, fc.constantFrom('fr', 'en'), (life, language) => {
        const dossier = { ...assembleDossier(materialOf(life)), position: 'p' };
        const { html } = dossierPage(dossier, language);
        expect(html).toContain(`<html lang="${language}">`);
        expect(html).not.toContain('undefined');
        expect(html).not.toContain('[object Object]');
      }),
      { numRuns: 100 },
    );
  });
});

describe('C-29: a consent that came by a file', () => {
  const bought = {
    type: 'ImpliedConsentRecorded',
    data: { basis: 'purchase', date: '2026-05-20', timeZone: 'America/Toronto', at: later },
    personal: clear({ proof: { attestedBy: 'Officer' } }),
  } as RecipientEvent;
  const undone: RecipientEvent = {
    type: 'ImportChangesUndone',
    data: { importId: anImport, consentsEnded: [0], at: later },
    personal: clear({}),
  };

  it('stays in the dossier when the import is undone, and names the event that ended it', () => {
    const material = materialOf([bought, undone]);
    const [consent] = assembleDossier(material).consents;
    expect(consent).toMatchObject({
      basis: 'purchase',
      rule: 'row 2',
      section: 'CASL s. 10(10)(a)',
      firstDay: '2026-05-21',
      lastDay: '2028-05-20',
      state: 'undone',
      evidence: { attestedBy: 'Officer' },
      eventId: material.history[0]?.id,
      endedBy: material.history[1]?.id,
    });
  });

  it('tells the end of the privacy basis that the file brought; its page has no empty row (P-01)', () => {
    const informed: RecipientEvent = {
      type: 'PrivacyBasisRecorded',
      data: { kind: 'informed-at-collection', at: later },
    };
    const bare = { ...bought, personal: clear({ proof: {} }) } as RecipientEvent;
    const ended = { ...undone, data: { ...undone.data, privacyBasis: null } } as RecipientEvent;
    const dossier = assembleDossier(materialOf([bare, informed, ended]));
    expect(dossier.privacyBases.map(({ type }) => type)).toEqual([
      'PrivacyBasisRecorded',
      'ImportChangesUndone',
    ]);
    const { html } = dossierPage({ ...dossier, position: 'p' }, 'fr');
    expect(html).toContain('<p>Aujourd’hui\u00a0: aucun n’est consigné.</p>');
    expect(html).not.toMatch(/<th scope="row">[^<]*<\/th>\s*<td>\s*<\/td>/);
  });
});
