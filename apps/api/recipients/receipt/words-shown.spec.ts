import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clear, ImportId, instantOf } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import { publicWorld, type PublicWorld } from '../../public/testing/public-world.ts';
import { runApi, type RunningApi } from '../../testing/running-api.ts';

let api: RunningApi;
let world: PublicWorld;
beforeAll(async () => {
  api = await runApi();
  world = await publicWorld(api);
});
afterAll(() => api.close());

const sha256 = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(page)?.[1] ?? '';
const receiptOf = (id: string, query = '') =>
  api.call({ url: `/v1/recipients/${id}/receipt${query}`, key: world.key });

/** Opens the form, ticks the box, sends it as it is; for a double opt-in, presses the button in the mail. */
const agree = async (email: string, optIn: 'single' | 'double') => {
  const url = `/f/${world.forms[optIn]}?lang=fr`;
  const { text: page } = await world.open(url);
  await world.post(url, [
    ['email', email],
    ['language', hidden(page, 'language')],
    ['wording', hidden(page, 'wording')],
    ['statement', hidden(page, 'statement')],
    ['consent', 'on'],
  ]);
  const id = await world.recipientOf(email);
  const requested = (await world.recipient(id)).pending?.requestedAt;
  if (requested !== undefined) {
    const token = world.token('confirm', id, world.forms.double, Date.parse(requested));
    await world.post(`/confirm/${token}`, []);
  }
  return { id, shown: hidden(page, 'statement') };
};

describe('C-18, P-16: a receipt of somebody who agreed on a form', () => {
  it('has the words that were read, and hashes that anybody can compute from them', async () => {
    const { id, shown } = await agree('words@example.org', 'single');
    const { body } = await receiptOf(id);
    const [permission] = body.records;
    const [notice, ...more] = permission.pii_processing.privacy_notice;
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ language: 'fr', statement_sha256: shown, version: 1 });
    expect(sha256(notice.statement)).toBe(shown);
    expect(sha256(notice.texts)).toBe(notice.sha256);
    expect(notice.statement.text).toContain(notice.texts.fr);
    expect(permission.event[0].privacy_notice).toMatchObject({ statement_sha256: shown });
    expect(permission.event[0]).toMatchObject({ entity_id: id, channel: 'form' });
    const page = await receiptOf(id, '?format=html&language=fr');
    expect(page.text).toContain('Ce que la personne a lu, mot pour mot');
  });

  it('tells a double opt-in as a request and its confirmation, by the same words', async () => {
    const { id, shown } = await agree('double@example.org', 'double');
    const { body } = await receiptOf(id);
    const [permission] = body.records;
    expect(permission.state).toBe('confirmed');
    const told = permission.event.map((event: { event_state: string; privacy_notice: object }) => [
      event.event_state,
      event.privacy_notice,
    ]);
    expect(told).toEqual([
      ['requested', expect.objectContaining({ statement_sha256: shown })],
      ['confirmed', expect.objectContaining({ statement_sha256: shown })],
    ]);
  });

  it('stays a receipt when the account’s own key was destroyed, and says what is gone', async () => {
    const other = await runApi();
    const there = await publicWorld(other);
    const url = `/f/${there.forms.single}?lang=en`;
    const { text: page } = await there.open(url);
    await there.post(url, [
      ['email', 'gone@example.org'],
      ['language', 'en'],
      ['statement', hidden(page, 'statement')],
      ['consent', 'on'],
    ]);
    const id = await there.recipientOf('gone@example.org');
    const { accountId, key } = there;
    await other.engines.keyring.destroy({ accountId, subject: accountId });
    const { status, body } = await other.call({ url: `/v1/recipients/${id}/receipt`, key });
    expect(status).toBe(200);
    expect(body.party_identification[0].party_address).toMatchObject({ stated: false });
    const [notice] = body.records[0].pii_processing.privacy_notice;
    expect(notice).toHaveProperty('texts');
    expect(notice).not.toHaveProperty('statement');
    await other.close();
  });

  it('is not found once the import that brought the person in was undone', async () => {
    const { id } = await agree('forgotten@example.org', 'single');
    const history = await api.engines.ledger.read(recipientStream, id);
    const last = history.at(-1)!;
    await api.engines.ledger.append({
      format: recipientStream,
      key: id,
      expected: last.revision,
      events: [
        {
          type: 'ImportChangesUndone',
          data: {
            importId: ImportId.parse('imp_01jd0000000000000000000001'),
            forgotten: true,
            lists: [...(await world.recipient(id)).lists.keys()].map((listId) => ({ listId })),
            at: instantOf(Date.now()),
          },
          personal: clear({}),
        },
      ],
      context: {
        accountId: world.accountId,
        actor: { kind: 'system' },
        channel: 'rule',
        commandId: '7c5e1c4e-3e0c-4c0e-8d0a-000000000001',
        correlationId: '7c5e1c4e-3e0c-4c0e-8d0a-000000000001',
        now: instantOf(Date.now()),
      },
    });
    expect((await receiptOf(id)).status).toBe(404);
  });
});
