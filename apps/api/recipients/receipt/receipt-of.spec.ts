import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import * as fc from 'fast-check';
import type { AccountContacts } from '#domain/account/index';
import {
  AccountId,
  clear,
  FormId,
  Instant,
  instantOf,
  ReceiptId,
  RecipientId,
  SHREDDED,
  WordingId,
  type Language,
  type Metadata,
  type Personal,
  type Recorded,
} from '#domain/kernel/index';
import { RECORD_NAMES, type RecipientEvent } from '#domain/recipient/index';
import { anyCommand, anyEvent } from '#domain/recipient/testing/arbitraries';
import { expressGiven, subscribed } from '#domain/recipient/testing/examples';
import { History } from '#domain/recipient/testing/history';
import type { Purpose } from '#domain/wording/index';
import { ed25519Signer, newEd25519Pair } from '#libs/crypto/ed25519';
import type { SigningParty } from '#libs/signatures/index';
import { contentHash } from '../../content-hash.ts';
import { receiptPage } from './page/receipt-page.ts';
import { receiptOf, type ReceiptMaterial } from './receipt-of.ts';
import { checkReceipt, receiptText, signReceipt } from './signed-receipt.ts';
import type { WordsShown } from './words-shown.ts';

const pair = newEd25519Pair();
const sign = ed25519Signer(pair);
const signer: SigningParty = { publicKey: pair.publicKey, sign: async (bytes) => sign(bytes) };
const other = newEd25519Pair().publicKey;

const accountId = AccountId.parse('acc_01jd0000000000000000000001');
const id = RecipientId.parse('rcp_01jd0000000000000000000001');
const wordingId = WordingId.parse('wrd_01jd0000000000000000000001');
const formId = FormId.parse('form_01jd0000000000000000000001');
const texts = { fr: 'J’accepte.', en: 'I agree.' };
const statement = { language: 'fr' as Language, text: 'J’accepte.\n\nBut : nouvelles du théâtre' };
const hash = contentHash(texts);
const statementHash = contentHash(statement);
const purpose: Purpose = { fr: 'nouvelles du théâtre', en: 'news of the theatre' };
const words: WordsShown = {
  purposes: new Map([[wordingId, purpose]]),
  texts: new Map([[hash, texts]]),
  statements: new Map([[statementHash, statement]]),
};
const contacts: AccountContacts = {
  sender: {
    name: 'Atelier du Nord',
    email: 'news@atelier.example',
    postalAddress: '1, rue Principale, Montréal QC H2X 1Y4',
    web: 'https://atelier.example',
    onBehalfOf: 'Théâtre du Fleuve',
  },
  privacyOfficer: { title: 'Responsable', email: 'privacy@atelier.example' },
};
const account = (
  known: Personal<AccountContacts> = clear(contacts),
): ReceiptMaterial['account'] => ({
  id: accountId,
  state: {
    status: 'open',
    terms: {
      name: 'Atelier',
      timeZone: 'America/Toronto',
      languages: ['fr' as Language],
      regimes: ['casl', 'law25'],
      organisationType: 'commercial',
    },
    contacts: known,
  },
});

const metadata = fc.record(
  {
    actor: fc.constantFrom<Metadata['actor']>(
      { kind: 'recipient', id },
      { kind: 'api-client', id: 'key_1' },
      { kind: 'system', id: 'consent-clock' },
    ),
    channel: fc.constantFrom<Metadata['channel']>('form', 'api', 'import', 'rule'),
    wording: fc.constantFrom(
      { wordingId, version: 1, hash },
      { wordingId, version: 2, hash, language: 'fr' as Language, statementHash },
      { wordingId: 'wrd_gone', version: 1, hash },
    ),
    evidence: fc.constantFrom({ formId }, { formId, row: 7, messageId: 'm' }, {}),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Metadata>>;

type Life = readonly Recorded<RecipientEvent>[];
const named = (history: History): Life =>
  history.recorded.map((each) => ({ ...each, id: randomUUID() }));

/** Whatever a ledger could hold, and what commands could have led to. */
const anyLife: fc.Arbitrary<Life> = fc
  .array(fc.tuple(anyEvent, metadata), { minLength: 1, maxLength: 20 })
  .map((events) => {
    const history = new History();
    for (const [event, said] of events) history.record(event, said);
    return named(history);
  });
const livedLife: fc.Arbitrary<Life> = fc
  .array(fc.tuple(anyCommand, metadata), { maxLength: 25 })
  .map((commands) => {
    const history = new History();
    history.record(subscribed());
    for (const [command, said] of commands) history.perform(command, said);
    return named(history);
  });
const issuedAt = fc
  .integer({ min: 0, max: 5 * 365 * 24 })
  .map((hours) => instantOf(Date.parse('2024-01-01T00:00:00Z') + hours * 3_600_000));

const receiptId = ReceiptId.parse('rct_01jd0000000000000000000001');
const material = (history: Life, at: Instant, known?: Personal<AccountContacts>) => ({
  account: account(known),
  id,
  history,
  words,
  receiptId,
  issuedAt: at,
  keysUrl: 'https://news.example.org/receipt-keys/acc_01jd0000000000000000000001',
});

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
ajvFormats.default(ajv);
const isReceipt = ajv.compile(
  JSON.parse(readFileSync('docs/reference/consent-receipt.schema.json', 'utf8')) as object,
);
const faults = (value: unknown) => {
  isReceipt(value);
  return isReceipt.errors ?? [];
};

describe('P-15, P-16: a consent receipt', () => {
  it.each([
    ['any events', anyLife],
    ['any commands', livedLife],
  ])('has all mandatory fields and verifies, whatever life %s made', async (_, lives) => {
    await fc.assert(
      fc.asyncProperty(lives, issuedAt, async (life, at) => {
        const receipt = await signReceipt(receiptOf(material(life, at)), signer);
        expect(faults(receipt)).toEqual([]);
        expect(receipt.records.map(({ record_type }) => record_type)).toEqual(RECORD_NAMES);
        const checked = checkReceipt(JSON.stringify(receipt), [other, pair.publicKey]);
        for (const { pii_processing } of receipt.records) {
          for (const notice of pii_processing.privacy_notice) {
            if (notice.texts) expect(contentHash(notice.texts)).toBe(notice.sha256);
            if (notice.statement) {
              expect(contentHash(notice.statement)).toBe(notice.statement_sha256);
            }
          }
        }
        expect(checked).toMatchObject({ ok: true, value: { receipt } });
      }),
      { numRuns: 150 },
    );
  });

  it('is the same, character by character, for the same history and instant', async () => {
    await fc.assert(
      fc.asyncProperty(livedLife, issuedAt, async (life, at) => {
        const text = async () =>
          receiptText(await signReceipt(receiptOf(material(life, at)), signer));
        expect(await text()).toBe(await text());
      }),
      { numRuns: 20 },
    );
  });

  const life = (proof: object, event: RecipientEvent = expressGiven()): Life => {
    const history = new History();
    history.record(subscribed({ jurisdiction: 'CA-QC' }, { fields: { firstName: 'Solange' } }));
    history.record({ ...event, personal: clear({ proof }) } as RecipientEvent, {
      actor: { kind: 'recipient', id },
      channel: 'form',
      wording: { wordingId, version: 2, hash, language: 'fr' as Language, statementHash },
      evidence: { formId },
    });
    return named(history);
  };
  const at = Instant('2026-06-01T12:00:00.000Z');

  it('tells what was agreed to, by which words, and how it stands', () => {
    const receipt = receiptOf(material(life({ method: 'web form', reference: 'F-1' }), at));
    const [permission, privacy, tracking] = receipt.records;
    expect(receipt.pii_principal).toEqual({
      pii_principal_id: id,
      email: 'Jean.Roy@example.com',
      language: 'fr',
    });
    const notice = {
      wording_id: wordingId,
      version: 2,
      sha256: hash,
      language: 'fr',
      statement_sha256: statementHash,
    };
    expect(permission).toMatchObject({
      record_type: 'permission-to-send',
      state: 'given',
      pii_processing: {
        privacy_notice: [{ ...notice, texts, statement }],
        purposes: [
          {
            purpose: { fr: 'nouvelles du théâtre', en: 'news of the theatre' },
            purpose_source: 'wording',
            pii_controllers: [accountId, 'on-behalf-of'],
            jurisdiction: { regimes: ['casl', 'law25'], pii_principal: 'CA-QC' },
          },
        ],
      },
      event: [
        {
          entity_id: id,
          event_type: 'express',
          event_state: 'given',
          dated: '2026-02-01',
          legal_source: 'CASL s. 10(1); SOR/2012-36 s. 4',
          validity_duration: { ends: false, first_day: '2026-02-01' },
          privacy_notice: notice,
          evidence: { form_id: formId, method: 'web form', reference: 'F-1' },
        },
      ],
    });
    expect([privacy?.state, tracking?.state]).toEqual(['none', 'none']);
    const types = privacy?.pii_processing.purposes[0]?.pii_information;
    expect(types?.map(({ pii_type }) => pii_type)).toContain('field:firstName');
    expect(JSON.stringify(receipt)).not.toContain('Solange');
  });

  it('tells no secret of an address, and nobody else’s name', () => {
    const receipt = receiptOf(
      material(
        life({
          url: 'https://user:word@shop.example/page?token=secret#part',
          by: 'Ginette Tremblay',
          attestedBy: 'Marc Dubois',
        }),
        at,
      ),
    );
    const [event] = receipt.records[0]?.event ?? [];
    expect(event).toMatchObject({
      evidence: { form_id: formId, url: 'https://shop.example/page' },
      evidence_withheld: ['by', 'attested_by'],
    });
    expect(JSON.stringify(receipt)).not.toMatch(/secret|word@|Ginette|Marc/);
    const odd = receiptOf(material(life({ url: 'javascript:alert(1)' }), at));
    expect(odd.records[0]?.event[0]?.evidence_withheld).toEqual(['url']);
  });

  it('can be read as a page, whatever life it tells, and runs nothing that was typed (R-11)', async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, issuedAt, async (life, at) => {
        const receipt = await signReceipt(receiptOf(material(life, at)), signer);
        for (const language of ['fr', 'en'] as const) {
          const { html } = receiptPage(receipt, language);
          // A signature in base64url may hold any four letters.
          const words = html.replaceAll(/[\w-]{40,}/g, '');
          expect(words).not.toMatch(/undefined|\[object|NaN/);
          expect(html).toContain(receipt.receipt_id);
        }
      }),
      { numRuns: 30 },
    );
    const hostile = '<img src=x onerror=alert(1)>';
    const receipt = receiptOf(material(life({ method: hostile, reference: `"'${hostile}` }), at));
    const { html } = receiptPage(await signReceipt(receipt, signer), 'en');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
  });

  it('says what nobody has stated rather than invent it', () => {
    const receipt = receiptOf(material(life({}), at, SHREDDED));
    const [party, operator] = receipt.party_identification;
    expect(party).toMatchObject({ party_name: 'Atelier', party_address: { stated: false } });
    expect(operator).toMatchObject({ party_role: 'processor', party_name: { stated: false } });
    for (const { pii_processing } of receipt.records) {
      for (const purpose of pii_processing.purposes) {
        expect(purpose).toMatchObject({
          storage_locations: { stated: false },
          retention_period: { stated: false },
          recipient_third_parties: { stated: false },
        });
      }
    }
    expect(faults({ ...receipt, proof: { type: 'detached-jws', jws: 'a..b' } })).toEqual([]);
  });

  it('is a thing of the day it is issued: the end of a consent needs no event (C-15)', () => {
    const bought: RecipientEvent = {
      type: 'ImpliedConsentRecorded',
      data: {
        basis: 'purchase',
        date: '2024-03-10' as never,
        timeZone: 'America/Toronto',
        at,
      },
      personal: clear({ proof: {} }),
    };
    // Midnight of the account, not of Greenwich.
    const on = (instant: string) =>
      receiptOf(material(life({}, bought), Instant(instant))).records[0];
    expect(on('2026-03-11T03:59:59.999Z')?.state).toBe('given');
    expect(on('2026-03-11T04:00:00.000Z')).toMatchObject({
      state: 'expired',
      event: [
        {
          event_type: 'implied',
          event_state: 'given',
          state_now: 'expired',
          basis: 'purchase',
          legal_source: 'CASL s. 10(10)(a)',
          validity_duration: { ends: true, first_day: '2024-03-11', last_day: '2026-03-10' },
        },
      ],
    });
  });
});

describe('CON-7: the signature of a receipt', () => {
  const made = async (): Promise<string> => {
    const history = new History();
    history.record(subscribed());
    history.record(expressGiven(), { wording: { wordingId, version: 1, hash } });
    const at = Instant('2026-06-01T12:00:00.000Z');
    return receiptText(await signReceipt(receiptOf(material(named(history), at)), signer));
  };
  const keys = [pair.publicKey];
  const codeOf = (text: string) => {
    const checked = checkReceipt(text, keys);
    return checked.ok ? 'valid' : checked.error;
  };

  it('falls with any change of any character', async () => {
    const text = await made();
    expect(codeOf(text)).toBe('valid');
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const changed = Buffer.from(bytes);
        changed[index]! ^= change;
        expect(codeOf(changed.toString())).not.toBe('valid');
        expect(codeOf(bytes.subarray(0, index).toString())).not.toBe('valid');
      }),
      { numRuns: 3_000 },
    );
  });

  it('holds however the document is laid out, and in no other order', async () => {
    const text = await made();
    const value = JSON.parse(text) as Record<string, unknown>;
    expect(codeOf(JSON.stringify(value, null, 2))).toBe('valid');
    expect(codeOf(`${text}\r\n`)).toBe('valid');
    const reversed = Object.fromEntries(Object.entries(value).reverse());
    expect(codeOf(JSON.stringify(reversed))).toBe('altered');
  });

  it('falls with a member said twice, which programs would read differently', async () => {
    const text = await made();
    const twice = text.replace('{"drawn_from"', '{"drawn_from":{},"drawn_from"');
    expect(codeOf(twice)).toBe('altered');
    const last = `${text.slice(0, -1)},"schema_version":"attesta-consent-receipt-1"}`;
    expect(codeOf(last)).toBe('altered');
  });

  it('falls with another spelling of the same characters', async () => {
    const text = await made();
    expect(codeOf(text.replace('"events"', '"\\u0065vents"'))).toBe('altered');
  });

  it('says what is wrong', async () => {
    const text = await made();
    const withVersion = text.replace('attesta-consent-receipt-1', 'attesta-consent-receipt-9');
    expect(codeOf(text.replaceAll('receipt-1', 'receipt-9'))).toBe('unknown-version');
    expect(codeOf(withVersion)).not.toBe('valid');
    expect(codeOf(text.replace('Atelier', 'Bottega'))).toBe('altered');
    const checked = checkReceipt(text, [other]);
    expect(checked).toEqual({ ok: false, error: 'other-key' });
    for (const bad of ['', 'no json', '{}', '[]', 'null', '{"proof":null}', text.slice(0, -1)]) {
      expect(codeOf(bad)).toBe('malformed');
    }
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(codeOf(`{"proof":{"type":"detached-jws","jws":"a..b"},"x":${deep}}`)).toBe('malformed');
    expect(codeOf('{"proof":{"type":"detached-jws","jws":"a..b"},"x":"\\ud800"}')).toBe(
      'malformed',
    );
  });
});
