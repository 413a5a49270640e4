import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clear, ImportId, type RecipientId } from '#domain/kernel/index';
import {
  recipientStream,
  statusOf,
  undoImport,
  type Recipient,
  type RecipientCommand,
  type RecipientEvent,
} from '#domain/recipient/index';
import { anyCommand, anyRow } from '#domain/recipient/testing/arbitraries';
import { History } from '#domain/recipient/testing/history';
import {
  A,
  B,
  erased,
  FR,
  subscribed,
  T0,
  unsubscribedAll,
} from '#domain/recipient/testing/examples';
import { anAccount, anotherAccount, aRecipient } from '#domain/testing/sample-ids';
import { countMembers, listMembers, membersOfList } from '#projections/list-members/index';
import { applyAll, readStoreForSpec } from '#projections/testing/projected';
import { recorder } from '#projections/testing/recorded';
import { directoryEntry } from './entry.ts';
import {
  countRecipients,
  findRecipients,
  recipientDirectory,
  type DirectoryEntry,
  type RecipientFilter,
} from './index.ts';

const store = readStoreForSpec();
const STREAM = `recipient-${aRecipient}`;

const decided = (commands: readonly RecipientCommand[]): readonly RecipientEvent[] => {
  const events: RecipientEvent[] = [];
  let state: Recipient = recipientStream.initialState;
  for (const command of commands) {
    const decision = recipientStream.decide(command, state);
    for (const event of decision.ok ? decision.value : []) {
      events.push(event);
      state = recipientStream.evolve(state, event);
    }
  }
  return events;
};

const importId = ImportId.parse('imp_01jd000000000000000000000a');
/** What an import changes, and what happens since, before somebody undoes it. */
const undoneHistories = fc
  .tuple(
    fc.array(anyCommand, { maxLength: 8 }),
    fc.array(anyRow(importId), { minLength: 1, maxLength: 2 }),
    fc.array(anyCommand, { maxLength: 3 }),
  )
  .map(([before, rows, since]) => {
    const history = new History();
    for (const command of before) history.perform(command);
    for (const row of rows) history.perform(row, { evidence: { importId } });
    for (const command of since) history.perform(command);
    for (const event of undoImport(history.recorded, importId, T0).events) history.record(event);
    return history.recorded.map(({ event }) => event);
  });
const histories = fc.oneof(fc.array(anyCommand, { maxLength: 25 }).map(decided), undoneHistories);
const folded = (events: readonly RecipientEvent[]): Recipient =>
  events.reduce(recipientStream.evolve, recipientStream.initialState);

const recordAll = (events: readonly RecipientEvent[]) => {
  const ledger = recorder();
  for (const event of events) ledger.record(STREAM, event);
  return ledger.all();
};

describe('the recipient directory', () => {
  it('says of every decided history what the stream itself says', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 5 }), async (events, batchSize) => {
        fc.pre(events.length > 0);
        const state = folded(events);
        const generation = await store.begin(recipientDirectory);
        await applyAll(generation, recipientDirectory, recordAll(events), batchSize);
        const document = await generation.get(aRecipient);
        if (document === undefined) throw new Error('There is no document.');
        const entry = directoryEntry(document);
        const lists = [...state.lists].map(([listId, { status }]) => ({ listId, status }));
        expect(entry).toMatchObject({
          status: statusOf(state),
          revision: state.revision,
          lastChangeAt: state.lastChangeAt,
          language: state.language,
        });
        expect(entry.lists.map(({ listId, status }) => ({ listId, status }))).toEqual(
          lists.sort((a, b) => (a.listId < b.listId ? -1 : 1)),
        );
        expect(entry.subscribedAt).toBe(state.subscribedAt);
        expect(entry.privacyBasis).toBe(state.privacyBasis?.kind);
        expect(entry.jurisdiction).toBe(state.jurisdiction);
        const standing = state.consents.filter(
          ({ revision }) => state.ended.get(revision) !== 'expired',
        );
        expect(entry.consent === 'none').toBe(standing.length === 0);
        expect(entry.address).toBe(
          state.address === 'shredded' ? undefined : state.address.reveal(),
        );
        await generation.drop();
      }),
      { numRuns: 200 },
    );
  });

  it('is left unchanged by replaying any part of a history up to its end', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (events, from) => {
        const recorded = recordAll(events);
        for (const projection of [recipientDirectory, listMembers]) {
          const generation = await store.begin(projection);
          await applyAll(generation, projection, recorded);
          const before = await generation.scan(undefined, 10);
          await applyAll(generation, projection, recorded.slice(from % (recorded.length + 1)), 2);
          expect(await generation.scan(undefined, 10)).toEqual(before);
          await generation.drop();
        }
      }),
      { numRuns: 50 },
    );
  });

  it('PRV-2 keeps nothing of a person after an erasure', async () => {
    const fields = { firstName: 'Zénobie', city: 'Rimouski' };
    const events = recordAll([subscribed({ jurisdiction: 'CA-QC' }, { fields }), erased]);
    const generation = await store.begin(recipientDirectory);
    await applyAll(generation, recipientDirectory, events);
    const document = await generation.get(aRecipient);
    expect(document).toMatchObject({ id: aRecipient, accountId: anAccount, status: 'erased' });
    expect(JSON.stringify(document)).not.toMatch(
      /Jean|Roy|example|Zénobie|zenobie|rimouski|CA-QC/i,
    );
    await generation.drop();
  });

  it('gives the same document whether the key was there when it was projected or not', async () => {
    const before = subscribed({}, { fields: { city: 'Rimouski' } });
    const shredded = { ...before, personal: 'shredded' } as RecipientEvent;
    const documents = [];
    for (const first of [before, shredded]) {
      const generation = await store.begin(recipientDirectory);
      await applyAll(generation, recipientDirectory, recordAll([first, erased]), 1);
      documents.push(await generation.get(aRecipient));
      await generation.drop();
    }
    expect(documents[0]).toEqual(documents[1]);
  });

  describe('is searched', () => {
    const person = (
      address: string,
      fields: Record<string, string>,
      listIds = [A],
    ): RecipientEvent => ({
      type: 'RecipientSubscribed',
      data: { listIds, optIn: 'single', language: FR, at: T0 },
      personal: clear({ address, fields }),
    });
    const id = (n: number): RecipientId => `rcp_01jd000000000000000000000${n}` as RecipientId;
    const filled = async () => {
      const ledger = recorder();
      ledger.record(`recipient-${id(2)}`, person('Luc@example.org', { name: 'Luc Bérubé' }, [B]));
      ledger.record(`recipient-${id(1)}`, person('anne.roy@example.com', { name: 'Anne Roy' }));
      ledger.record(`recipient-${id(3)}`, person('anna@other.example', {}));
      ledger.record(`recipient-${id(3)}`, unsubscribedAll);
      ledger.record(`recipient-${id(4)}`, person('anne@example.com', {}), {
        accountId: anotherAccount,
      });
      const generation = await store.begin(recipientDirectory);
      await applyAll(generation, recipientDirectory, ledger.all());
      const members = await store.begin(listMembers);
      await applyAll(members, listMembers, ledger.all());
      return { generation, members };
    };

    it('by words, the beginning of an address, domain, list and status, within one account', async () => {
      const { generation } = await filled();
      const find = async (filter: RecipientFilter): Promise<string[]> => {
        const found = await findRecipients(generation, anAccount, filter, { limit: 10 });
        expect(await countRecipients(generation, anAccount, filter)).toBe(found.length);
        return found.map((each) => each.id);
      };
      expect(await find({})).toEqual([id(2), id(1), id(3)]);
      expect(await find({ text: 'Anne.Roy@example.com' })).toEqual([id(1)]);
      expect(await find({ text: 'ann' })).toEqual([id(1), id(3)]);
      expect(await find({ text: 'berube' })).toEqual([id(2)]);
      expect(await find({ text: 'BÉRUBÉ luc' })).toEqual([id(2)]);
      expect(await find({ text: 'example.org' })).toEqual([id(2)]);
      expect(await find({ text: 'anne.roy@' })).toEqual([id(1)]);
      expect(await find({ listId: A })).toEqual([id(1)]);
      expect(await find({ status: 'unsubscribed' })).toEqual([id(3)]);
      expect(await find({ status: 'active', listId: B })).toEqual([id(2)]);
      await generation.drop();
    });

    it('page by page, in the order in which the account came to know them', async () => {
      const { generation } = await filled();
      const pages = async (filter: RecipientFilter): Promise<string[]> => {
        const found: string[] = [];
        for (let after: DirectoryEntry | undefined; ;) {
          const [entry] = await findRecipients(generation, anAccount, filter, { after, limit: 1 });
          if (entry === undefined) return found;
          found.push(entry.id);
          after = entry;
        }
      };
      expect(await pages({})).toEqual([id(2), id(1), id(3)]);
      expect(await pages({ status: 'active' })).toEqual([id(2), id(1)]);
      expect(await pages({ text: 'ann' })).toEqual([id(1), id(3)]);
      expect(await pages({ listId: A })).toEqual([id(1)]);
      await generation.drop();
    });

    it('and the members of a list are paged and counted', async () => {
      const { members } = await filled();
      expect(await membersOfList(members, A, { limit: 1 })).toEqual([id(1)]);
      expect(await membersOfList(members, A, { after: id(1), limit: 5 })).toEqual([id(4)]);
      expect(await countMembers(members, A)).toBe(2);
      expect(await countMembers(members, A, 'unsubscribed')).toBe(1);
      expect(JSON.stringify(await members.scan(undefined, 10))).not.toContain('example');
      await members.drop();
    });
  });
});
