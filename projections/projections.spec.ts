import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnyEvent } from '#domain/kernel/index';
import { anyEvent as anyRecipientEvent } from '#domain/recipient/testing/arbitraries';
import { streamDefinitions } from '#domain/streams';
import * as arbitrary from '#domain/testing/arbitrary-events';
import {
  aCampaign,
  aForm,
  anAccount,
  aNewsletter,
  aRecipient,
  news,
} from '#domain/testing/sample-ids';
import { catalogue, listOfAllAccounts, listResources } from '#projections/catalogue/index';
import { compareGenerations } from '#libs/projecting/index';
import { projections } from '#projections/index';
import { applyAll, readStoreForSpec } from '#projections/testing/projected';
import { recorder } from '#projections/testing/recorded';
import { summaryOf, timeline, timelineOf } from '#projections/timeline/index';

const store = readStoreForSpec();

const of = (stream: string, events: fc.Arbitrary<AnyEvent>) =>
  events.map((event) => ({ stream, event }));
const anything = fc.oneof(
  of(`recipient-${aRecipient}`, anyRecipientEvent),
  of(`delivery-${aNewsletter}.${aRecipient}`, arbitrary.anyDeliveryEvent),
  of(`delivery-${aForm}.${aRecipient}.0`, arbitrary.anyDeliveryEvent),
  of(`campaign-${aCampaign}`, arbitrary.anyCampaignEvent),
  of(`account-${anAccount}`, arbitrary.anyAccountEvent),
  of('apikey-key_01jd0000000000000000000001', arbitrary.anyApiKeyEvent),
  of(`fields-${anAccount}`, arbitrary.anyFieldEvent),
  of(`form-${aForm}`, arbitrary.anyFormEvent),
  of('import-imp_01jd0000000000000000000001', arbitrary.anyImportEvent),
  of(`list-${news}`, arbitrary.anyListEvent),
  of(`newsletter-${aNewsletter}`, arbitrary.anyNewsletterEvent),
  of('wording-wrd_01jd0000000000000000000001', arbitrary.anyWordingEvent),
);
const histories = fc.array(anything, { maxLength: 40 }).map((drawn) => {
  const ledger = recorder();
  for (const { stream, event } of drawn) ledger.record(stream, event);
  return ledger.all();
});

describe('every read model', () => {
  it('reads streams that exist', () => {
    const known = new Set(streamDefinitions.map(({ category }) => category));
    for (const { categories } of projections) {
      expect(categories.filter((category) => !known.has(category))).toEqual([]);
    }
    expect(new Set(projections.map(({ name }) => name)).size).toBe(projections.length);
  });

  it.each(projections.map((projection) => [projection.name, projection] as const))(
    'LED: %s takes any event in any order; batches and replays make no difference',
    async (_name, projection) => {
      await fc.assert(
        fc.asyncProperty(
          histories,
          fc.integer({ min: 1, max: 9 }),
          fc.nat(),
          async (events, size, from) => {
            const one = await store.begin(projection);
            const other = await store.begin(projection);
            await applyAll(one, projection, events, 1);
            await applyAll(other, projection, events, size);
            await applyAll(other, projection, events.slice(from % (events.length + 1)), size);
            expect((await compareGenerations(one, other, async () => undefined)).differing).toBe(0);
            await other.prepare();
            await one.drop();
            await other.drop();
          },
        ),
        { numRuns: 25 },
      );
    },
  );
});

describe('the timeline', () => {
  const told = fc.oneof(anyRecipientEvent, arbitrary.anyDeliveryEvent);

  it('has a sentence in both languages for every event that it tells', () => {
    fc.assert(
      fc.property(told, (event) => {
        // Any text may stand in the data, and be said again: this one, too.
        fc.pre(!/undefined|\[object/.test(JSON.stringify(event.data)));
        const summary = summaryOf(event.type, event.data);
        for (const text of [summary?.fr, summary?.en]) {
          expect(text).toMatch(/^[A-ZÀ-Ý]/);
          expect(text).not.toMatch(/undefined|\[object/);
        }
      }),
    );
    expect(summaryOf('RecipientSubscribed', { listIds: [], optIn: 'single' })).toEqual({
      fr: 'Ajout sans liste',
      en: 'Added without a list',
    });
    expect(summaryOf('ListCreated', {})).toBeUndefined();
    expect(summaryOf('toString', {})).toBeUndefined();
  });

  it('tells a recipient what was sent as well, as of an instant, in pages, and nothing personal', async () => {
    const ledger = recorder();
    const [first, second] = fc.sample(arbitrary.anyDeliveryEvent, { numRuns: 2, seed: 1 });
    const [person] = fc.sample(anyRecipientEvent, { numRuns: 1, seed: 1 });
    if (first === undefined || second === undefined || person === undefined) throw new Error();
    const early = { recordedAt: '2026-01-01T00:00:00.000Z' as never };
    ledger.record(`recipient-${aRecipient}`, person, early);
    ledger.record(`delivery-${aNewsletter}.${aRecipient}`, first);
    ledger.record(`delivery-${aForm}.${aRecipient}.3`, second);
    const model = await store.begin(timeline);
    await applyAll(model, timeline, ledger.all());
    const all = await timelineOf(model, aRecipient, { limit: 10 });
    expect(all.map(({ type }) => type)).toEqual([person.type, first.type, second.type]);
    const [entry] = await timelineOf(model, aRecipient, {
      limit: 10,
      recordedBy: '2026-02-01T00:00:00.000Z' as never,
    });
    expect(entry).toEqual(all[0]);
    const after = all[0]?.position;
    const rest = { limit: 1, ...(after === undefined ? {} : { after }) };
    expect(await timelineOf(model, aRecipient, rest)).toEqual([all[1]]);
    const last = await timelineOf(model, aRecipient, { limit: 1, direction: 'desc' });
    expect(last).toEqual([all[2]]);
    expect(JSON.stringify(all)).not.toContain('"personal"');
    await model.drop();
  });
});

describe('the catalogue', () => {
  it('lists what an account made, by kind, in the order it was made', async () => {
    const ledger = recorder();
    const created = (name: string): AnyEvent => ({
      type: 'ListCreated',
      data: { accountId: anAccount, name: { fr: name }, visible: true },
    });
    ledger.record('list-b', created('B'));
    ledger.record('list-a', created('A'));
    ledger.record('list-b', { type: 'ListChanged', data: { name: { fr: 'B2' } } });
    ledger.record(`fields-${anAccount}`, {
      type: 'FieldDefined',
      data: { key: 'city', type: 'text', label: {}, hidden: false, sensitive: false },
    });
    const model = await store.begin(catalogue);
    await applyAll(model, catalogue, ledger.all());
    const lists = await listResources(model, anAccount, 'list', { limit: 10 });
    expect(lists.map(({ id, resource }) => [id, resource['name']])).toEqual([
      ['b', { fr: 'B2' }],
      ['a', { fr: 'A' }],
    ]);
    const [first] = lists;
    const rest = { limit: 10, ...(first === undefined ? {} : { after: first }) };
    expect(await listResources(model, anAccount, 'list', rest)).toEqual([lists[1]]);
    const fields = await listOfAllAccounts(model, 'field', { limit: 10 });
    expect(fields.map(({ id }) => id)).toEqual([`${anAccount}.city`]);
    await model.drop();
  });
});
