import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { openTenant, type Tenant } from '#apps/api/testing/accounts';
import type { ImportAnswer } from '#apps/api/imports/import.dto';
import { runApi, type Answered, type RunningApi } from '#apps/api/testing/running-api';
import { startImporter } from '#apps/importer/index';
import { parseAddress, recipientStream } from '#domain/recipient/index';
import { AccountId, fold, isShredded } from '#domain/kernel/index';
import { recipientIdOf } from '#libs/keyring/index';

type Name = 'subscribed' | 'unsubscribed' | 'cleaned';
type Expected = Readonly<{ traps: Readonly<Record<string, readonly string[]>> }> &
  Readonly<Record<`${Name}_rows`, number>>;
type Cells = Readonly<Record<string, string>>;

const SOURCES = [
  ['an own small export', join(process.cwd(), 'test/fixtures/mailchimp')],
  ['the large export', join(process.cwd(), '../shared/data/import/mailchimp')],
] as const;
const ORDERS: readonly (readonly [Name, Name, Name])[] = [
  ['subscribed', 'unsubscribed', 'cleaned'],
  ['subscribed', 'cleaned', 'unsubscribed'],
  ['unsubscribed', 'subscribed', 'cleaned'],
  ['unsubscribed', 'cleaned', 'subscribed'],
  ['cleaned', 'subscribed', 'unsubscribed'],
  ['cleaned', 'unsubscribed', 'subscribed'],
];

const trimmed = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** One account, into which the three files of an export go by HTTP and through the importer. */
class Migration {
  readonly #api: RunningApi;
  readonly #folder: string;
  readonly expected: Expected;
  readonly rows = new Map<string, Cells>();
  readonly imports = new Map<Name, { id: string; answer: ImportAnswer }>();
  #tenant: Tenant | undefined;
  #identity: Uint8Array | undefined;

  constructor(api: RunningApi, folder: string) {
    this.#api = api;
    this.#folder = folder;
    this.expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
    const file = readFileSync(join(folder, 'subscribed.csv'));
    for (const row of parse<Cells>(file, { columns: true, bom: true })) {
      // A later row of an address is the one that counts.
      this.rows.set(trimmed(row['Email Address'] ?? ''), row);
    }
  }

  trap(beginning: string): readonly string[] {
    const [found] = Object.entries(this.expected.traps).filter(([name]) =>
      name.startsWith(beginning),
    );
    if (found === undefined) throw new Error(`No trap begins with ${beginning}.`);
    return found[1];
  }

  async run(order: readonly Name[]): Promise<void> {
    this.#tenant = await openTenant(this.#api);
    const { accountId, key } = this.#tenant;
    const keys = await this.#api.engines.keyring.accountKeys(AccountId.parse(accountId));
    this.#identity = keys.identity;
    for (const field of ['firstName', 'lastName', 'city', 'notes']) {
      const body = { key: field, type: 'text', label: { en: field } };
      await this.#api.call({ method: 'POST', url: '/v1/fields', key, body });
    }
    const list = await this.#api.call({
      method: 'POST',
      url: '/v1/lists',
      key,
      body: { name: { fr: 'Infolettre' } },
    });
    const texts = { fr: 'Oui, écrivez-moi.', en: 'Yes, write to me.' };
    const wording = await this.#api.call({
      method: 'POST',
      url: '/v1/wordings',
      key,
      body: { purpose: 'newsletter', texts },
    });
    const mapping = {
      preset: 'mailchimp',
      columns: { Ville: 'fields.city', Langue: 'language', NOTES: 'fields.notes' },
      ignore: ['TAGS'],
      listIds: [list.body.id],
      consent: {
        kind: 'express',
        method: 'web form',
        wordingId: wording.body.id,
        attestedBy: 'The acceptance test',
      },
    };
    for (const name of order) await this.#import(name, mapping);
  }

  async #import(name: Name, mapping: object): Promise<void> {
    const key = this.#tenant?.key;
    const queued = await this.#api.call({
      method: 'POST',
      url: `/v1/imports?mapping=${encodeURIComponent(JSON.stringify(mapping))}`,
      key,
      headers: { 'content-type': 'text/csv' },
      body: await readFile(join(this.#folder, `${name}.csv`)),
    });
    expect([queued.status, queued.text]).toEqual([202, expect.stringContaining('imp_')]);
    const id = String(queued.body.id);
    // Server-sent events end when the import is over.
    await this.#api.call({ url: `/v1/imports/${id}/progress`, key });
    const { body } = await this.#api.call({ url: `/v1/imports/${id}`, key });
    this.imports.set(name, { id, answer: body as ImportAnswer });
  }

  answerOf(name: Name): ImportAnswer {
    const found = this.imports.get(name);
    if (found === undefined) throw new Error(`${name} was not imported.`);
    return found.answer;
  }

  async rowsOf(name: Name, accept = 'application/x-ndjson'): Promise<Answered> {
    const id = this.imports.get(name)?.id ?? '';
    const key = this.#tenant?.key;
    return this.#api.call({ url: `/v1/imports/${id}/rows`, key, headers: { accept } });
  }

  idOf(email: string): string {
    const address = parseAddress(email, domainToASCII);
    if (!address.ok || this.#identity === undefined) throw new Error('Not an address.');
    return recipientIdOf(this.#identity, address.value.matching);
  }

  async recipient(email: string): Promise<Answered> {
    return this.#api.call({ url: `/v1/recipients/${this.idOf(email)}`, key: this.#tenant?.key });
  }

  /** Who is known to the account, by the ledger. */
  async addresses(): Promise<readonly string[]> {
    const events = await this.#api.engines.ledger.readAll({
      limit: 1_000_000,
      formats: [recipientStream as never],
    });
    const streams = new Set(
      events
        .filter(({ metadata }) => metadata.accountId === this.#tenant?.accountId)
        .map(({ stream }) => stream.slice('recipient-'.length)),
    );
    const histories = await this.#api.engines.ledger.readMany(recipientStream, [...streams]);
    return histories.map((history) => {
      const { address } = fold(
        recipientStream,
        history.map(({ event }) => event),
      );
      return isShredded(address) ? '' : address.reveal();
    });
  }
}

describe.each(SOURCES)('IMP-1, the three files of %s', (name, folder) => {
  const present = existsSync(folder);
  if (!present) console.warn(`SKIPPED: ${name}, its files are not here.`);

  (present ? describe : describe.skip).each(ORDERS)('imported as %s, %s, %s', (...order) => {
    let api: RunningApi;
    let migration: Migration;
    const stop = new AbortController();
    let importing: Promise<void>;

    beforeAll(async () => {
      api = await runApi();
      const { uploads } = api.engines;
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      importing = startImporter({
        ...api.engines,
        uploads,
        log,
        clock: Date.now,
        signal: stop.signal,
      });
      migration = new Migration(api, folder);
      await migration.run(order);
    }, 120_000);
    afterAll(async () => {
      stop.abort();
      await importing;
      await api.close();
    });

    const statuses = async (emails: readonly string[]): Promise<readonly string[]> =>
      Promise.all(
        emails.map(async (email) => String((await migration.recipient(email)).body.status)),
      );
    const all = (emails: readonly string[], status: string): readonly string[] =>
      emails.map(() => status);

    it('does every row once and says what became of it', async () => {
      for (const file of order) {
        const answer = migration.answerOf(file);
        const rows = migration.expected[`${file}_rows`];
        expect(answer).toMatchObject({ status: 'completed', rows });
        expect(answer.created + answer.updated + answer.unchanged + answer.refused).toBe(rows);
        const lines = (await migration.rowsOf(file)).text.trimEnd().split('\n');
        expect(lines.map((line) => (JSON.parse(line) as { row: number }).row)).toEqual(
          Array.from({ length: rows }, (_, index) => index + 1),
        );
      }
    });

    it('COL-5, P-30: refuses invalid addresses, cards and national ids, and no others', async () => {
      const answer = migration.answerOf('subscribed');
      const { refusedBy } = answer;
      expect(refusedBy['invalid-address-syntax']).toBe(migration.trap('invalid address').length);
      expect(refusedBy['payment-card']).toBe(migration.trap('payment card').length);
      expect(refusedBy['national-id']).toBe(migration.trap('Canadian SIN').length);
      for (const email of [...migration.trap('payment card'), ...migration.trap('Canadian SIN')]) {
        expect((await migration.recipient(email)).status).toBe(404);
      }
      const suppressed = ['unsubscribed-all', 'invalid-address'].map(
        (code) => refusedBy[code] ?? 0,
      );
      const [out = 0, dead = 0] = suppressed;
      const place = order.indexOf('subscribed');
      expect(out).toBe(
        order.indexOf('unsubscribed') < place
          ? migration.trap('in both subscribed and unsub').length
          : 0,
      );
      expect(dead).toBe(
        order.indexOf('cleaned') < place
          ? migration.trap('in both subscribed and cleaned').length
          : 0,
      );
    });

    it('IMP-4: leaves unsubscribed people unsubscribed and invalid addresses invalid', async () => {
      const out = migration.trap('in both subscribed and unsubscribed');
      expect(await statuses(out)).toEqual(all(out, 'unsubscribed'));
      const dead = migration.trap('in both subscribed and cleaned');
      expect(await statuses(dead)).toEqual(all(dead, 'invalid'));
    });

    it('C-08, C-19: keeps whom has no date, or one in the future, without consent', async () => {
      const answer = migration.answerOf('subscribed');
      const undated = migration.trap('express consent claimed without a date');
      const future = migration.trap('consent dated in the future');
      expect(answer.remarks).toMatchObject({
        'consent-date-missing': undated.length,
        'consent-date-in-future': future.length,
      });
      for (const email of [...undated, ...future]) {
        const { body } = await migration.recipient(email);
        expect(body).toMatchObject({ status: 'active', consent: { kind: 'none' } });
      }
    });

    it('P-30: knows one person under all spellings of an address', async () => {
      const addresses = await migration.addresses();
      const keys = addresses.map((address) => migration.idOf(address));
      expect(new Set(keys).size).toBe(addresses.length);
      for (const email of migration.trap('same address in other case')) {
        const { body } = await migration.recipient(email);
        const address = String(body.email);
        expect(address).toBe(address.trim());
        expect(trimmed(address)).toBe(trimmed(email));
      }
      for (const email of migration.trap('internationalised address')) {
        const { body } = await migration.recipient(email);
        expect(String(body.email).split('@')[1]).toBe(domainToASCII(email.split('@')[1] ?? ''));
      }
      const [composed = '', decomposed = ''] = migration.trap('NFD and NFC');
      expect(migration.idOf(composed)).toBe(migration.idOf(decomposed));
    });

    it('lets the last row of an address win, and says that there were two', async () => {
      const twice = migration.trap('second row for the same address');
      const answer = migration.answerOf('subscribed');
      // The two spellings of one address are such rows as well.
      expect(answer.remarks['duplicate-row']).toBe(twice.length + 1);
      for (const email of twice) {
        const { body } = await migration.recipient(email);
        expect(body.fields.city).toBe(migration.rows.get(trimmed(email))?.['Ville']);
      }
    });

    it('keeps quotes, line breaks and formulas exactly as they stand in the file', async () => {
      const emails = [
        ...migration.trap('quotes, commas'),
        ...migration.trap('spreadsheet formula'),
      ];
      for (const email of emails) {
        const { body } = await migration.recipient(email);
        const row = migration.rows.get(trimmed(email));
        const values = [row?.['Ville'], row?.['NOTES'], row?.['First Name'], row?.['Last Name']];
        const fields = body.fields as Cells;
        const kept = ['city', 'notes', 'firstName', 'lastName'].map((key) => fields[key] ?? '');
        expect(kept).toEqual(values);
      }
    });

    it('ends with exactly the people whom the files name, each with consent where a date says so', async () => {
      const refused = ['invalid address', 'payment card', 'Canadian SIN'].flatMap((trap) =>
        migration.trap(trap).map(trimmed),
      );
      const unnamed = new Set(refused);
      const wanted = [...migration.rows.keys()].filter((email) => !unnamed.has(email));
      const known = new Set(
        (await migration.addresses()).map((address) => migration.idOf(address)),
      );
      expect(wanted.filter((email) => !known.has(migration.idOf(email)))).toEqual([]);
      const [plain = ''] = wanted;
      const { body } = await migration.recipient(plain);
      expect(body).toMatchObject({
        status: 'active',
        consent: { kind: 'express' },
        jurisdiction: 'CA-QC',
      });
      expect(body.consent.date <= (migration.rows.get(plain)?.['CONFIRM_TIME'] ?? '')).toBe(true);
    });

    it('writes the rows as CSV, too', async () => {
      const { text, headers } = await migration.rowsOf('unsubscribed', 'text/csv');
      expect(headers['content-type']).toContain('text/csv');
      const rows = parse<Cells>(text, { columns: true });
      expect(rows).toHaveLength(migration.expected.unsubscribed_rows);
      expect(rows[0]).toMatchObject({
        row: '1',
        outcome: expect.any(String),
        email: expect.any(String),
      });
    });

    it('PRV-2: leaves no file and no key of an import behind', async () => {
      const { uploads } = api.engines;
      // The importer clears up once the import is recorded as over: the key first, then the file.
      while ((await uploads.list()).length > 0) await setImmediate();
      for (const { id } of migration.imports.values()) {
        const history = await api.engines.eventLog.readStream(`import-${id}`, { limit: 1 });
        expect(history).toHaveLength(1);
        const accountId = JSON.parse(history[0]?.metadata ?? '{}') as { acc: AccountId };
        const [key] = await api.engines.keyring.find([{ accountId: accountId.acc, subject: id }]);
        expect(key).toBeUndefined();
      }
    });
  });
});
