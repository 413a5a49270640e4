import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { prepareImport } from './support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { OPERATOR_KEY, runToEnd, startProduct, type Ended } from './support/program.ts';

/** Runs `attesta` in a folder, with nothing in the environment but a path. */
const attesta = (cwd: string, ...words: readonly string[]): Promise<Ended> =>
  runToEnd('cli', words, {}, cwd);

const CSV = [
  'Email Address,First Name,OPTIN_TIME',
  'ada@lectures.example,Ada,2025-03-01 10:00:00',
  'grace@lectures.example,Grace,2024-11-05 09:30:00',
].join('\n');

describe('CON-7: a receipt is verified without the data', () => {
  let directory: string;
  let data: string;
  let account: string;
  /** Where nothing is but a receipt and a key. */
  let bare: string;

  const onData = (...words: readonly string[]): Promise<Ended> =>
    attesta(directory, ...words, '--account', account, '--data-dir', data);
  const verify = (...words: readonly string[]): Promise<Ended> =>
    attesta(bare, 'receipt', 'verify', ...words);
  const inBare = (name: string): string => path.join(bare, name);

  beforeAll(async () => {
    data = await newDataDirectory();
    directory = path.dirname(data);
    bare = path.join(directory, 'bare');
    await mkdir(bare);
    const importing = await prepareImport(data);
    account = importing.account;
    const file = path.join(directory, 'recipients.csv');
    await writeFile(file, CSV);
    const imported = await onData('import', file, '--mapping', importing.mapping);
    if (imported.status !== 0) throw new Error(imported.err);
    const receipt = path.join(directory, 'ada.json');
    await onData('recipient', 'receipt', 'ada@lectures.example', '--output', receipt);
    await writeFile(inBare('keys.pem'), (await onData('receipt', 'key')).out);
    await writeFile(inBare('keys.json'), (await onData('receipt', 'key', '--json')).out);
    await copyFile(receipt, inBare('ada.json'));
  });
  afterAll(() => removeDataDirectory(data));

  it('is not older than the key that signs it', async () => {
    const [receipt, set] = await Promise.all(
      ['ada.json', 'keys.json'].map(async (name) => readFile(inBare(name), 'utf8')),
    );
    const { issued_at: issuedAt } = JSON.parse(receipt!) as { issued_at: string };
    const { keys } = JSON.parse(set!) as { keys: { validFrom: string }[] };
    expect(keys[0]!.validFrom <= issuedAt).toBe(true);
  });

  it('is written for its owner alone, or told on standard output', async () => {
    expect((await stat(path.join(directory, 'ada.json'))).mode & 0o777).toBe(0o600);
    const told = await onData('recipient', 'receipt', 'grace@lectures.example');
    expect([told.status, told.err]).toEqual([0, '']);
    await writeFile(inBare('grace.json'), told.out);
    expect((await verify('grace.json', '--key', 'keys.pem')).status).toBe(0);
    const said = path.join(directory, 'said.json');
    const words = ['recipient', 'receipt', 'grace@lectures.example', '--output', said, '--json'];
    const { receiptId } = JSON.parse((await onData(...words)).out) as { receiptId: string };
    expect(await readFile(said, 'utf8')).toContain(receiptId);
  });

  it('is valid in a folder where nothing else is, and leaves nothing there', async () => {
    const before = await readdir(bare);
    for (const key of ['keys.pem', 'keys.json']) {
      const told = await verify('ada.json', '--key', key);
      expect([told.status, told.err]).toEqual([0, '']);
      expect(told.out).toMatch(/^VALID: .*\n/);
      expect(told.out).toMatch(/Permission to send +given\n/);
      expect(told.out).not.toContain('ada@');
    }
    expect(await readdir(bare)).toEqual(before);
  });

  it('is valid by the key itself, in each form', async () => {
    const { keys } = JSON.parse(await readFile(inBare('keys.json'), 'utf8')) as {
      keys: { pem: string; x: string; kid: string }[];
    };
    const [key] = keys;
    for (const literal of [key!.x, key!.pem, JSON.stringify(key)]) {
      const told = await verify('ada.json', '--key', literal, '--json');
      expect(told.status).toBe(0);
      expect(JSON.parse(told.out)).toMatchObject({
        valid: true,
        keyId: key!.kid,
        issuedBy: account,
      });
    }
  });

  it('is told in French too', async () => {
    const told = await verify('ada.json', '--key', 'keys.pem', '--lang', 'fr');
    expect(told.out).toMatch(/^VALIDE : .*[\s\S]*Consentement aux envois +donné\n/);
  });

  it('is not valid after the change of any byte', async () => {
    const bytes = await readFile(inBare('ada.json'));
    const places = Array.from({ length: 12 }, (_, index) =>
      Math.floor((bytes.length * (index + 0.5)) / 12),
    );
    const ended = await Promise.all(
      [0, ...places, bytes.length - 1].map(async (place) => {
        const changed = Buffer.from(bytes);
        changed[place]! ^= 1;
        const file = `changed-${place}.json`;
        await writeFile(inBare(file), changed);
        return verify(file, '--key', 'keys.pem', '--json');
      }),
    );
    for (const { status, out } of ended) {
      expect(status).toBe(1);
      expect(['altered', 'malformed', 'other-key', 'other-algorithm', 'unknown-version']).toContain(
        (JSON.parse(out) as { code: string }).code,
      );
    }
  });

  it('says what is wrong with a receipt, status 1', async () => {
    const text = await readFile(inBare('ada.json'), 'utf8');
    const other = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    const huge = await open(inBare('huge.json'), 'w');
    await huge.truncate(2 ** 31);
    await huge.close();
    const cases: [string, string, string, string | Buffer | undefined][] = [
      ['altered', 'ada2.json', 'keys.pem', text.replace('ada@', 'eda@')],
      ['other-key', 'ada.json', other, undefined],
      ['unknown-version', 'v9.json', 'keys.pem', text.replaceAll('receipt-1"', 'receipt-9"')],
      ['malformed', 'cut.json', 'keys.pem', text.slice(0, 500)],
      ['malformed', 'empty.json', 'keys.pem', ''],
      ['malformed', 'words.json', 'keys.pem', 'Dear all, we agreed.'],
      ['malformed', 'bytes.json', 'keys.pem', Buffer.of(0xff, 0xfe, 0)],
      ['malformed', 'keys.json', 'keys.pem', undefined],
      ['malformed', 'huge.json', 'keys.pem', undefined],
    ];
    for (const [code, file, key, content] of cases) {
      if (content !== undefined) await writeFile(inBare(file), content);
      const told = await verify(file, '--key', key, '--json');
      expect([file, told.status]).toEqual([file, 1]);
      expect(JSON.parse(told.out)).toEqual({ code, detail: expect.stringMatching(/^NOT VALID/) });
      const french = await verify(file, '--key', key, '--lang', 'fr');
      expect(french.err).toMatch(/^NON VALIDE/);
    }
  });

  it('says what it cannot read, status 2', async () => {
    const cases: [string, string, string][] = [
      ['file-unreadable', 'nowhere.json', 'keys.pem'],
      ['file-unreadable', '.', 'keys.pem'],
      ['key-unreadable', 'ada.json', 'nowhere.pem'],
      ['key-unreadable', 'ada.json', 'ada.json'],
    ];
    for (const [code, file, key] of cases) {
      const told = await verify(file, '--key', key, '--json');
      expect([told.status, JSON.parse(told.out)]).toEqual([
        2,
        { code, detail: expect.any(String) },
      ]);
    }
    expect((await verify('ada.json')).status).toBe(2);
  });

  it('is the same proof from the running product, before and after a kill', async () => {
    const receipts: string[] = [];
    for (const end of ['kill', 'stop'] as const) {
      const product = await startProduct(data);
      const operator = { authorization: `Bearer ${OPERATOR_KEY}` };
      const made = await fetch(`${product.url}/v1/accounts/${account}/api-keys`, {
        method: 'POST',
        headers: { ...operator, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'receipts', scopes: ['recipients:read'] }),
      });
      const { key } = (await made.json()) as { key: string };
      const state = await onData('recipient', 'state', 'ada@lectures.example', '--json');
      const { id } = JSON.parse(state.out) as { id: string };
      const url = `${product.url}/v1/recipients/${id}/receipt`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
      receipts.push(await answer.text());
      const published = await fetch(`${product.url}/receipt-keys/${account}`);
      await writeFile(inBare('published.json'), await published.text());
      const { err, out } = await product[end]();
      expect(err + out).not.toContain('ada@');
    }
    for (const [index, text] of receipts.entries()) {
      const file = `served-${index}.json`;
      await writeFile(inBare(file), text);
      for (const key of ['published.json', 'keys.pem']) {
        expect((await verify(file, '--key', key)).status).toBe(0);
      }
    }
  });

  it('is a page to read with --format html, the signed file in it', async () => {
    const words = ['recipient', 'receipt', 'ada@lectures.example', '--format', 'html'];
    const page = await onData(...words, '--language', 'fr');
    expect(page.out).toContain('<h1>Reçu de consentement</h1>');
    const file = /data:application\/json;base64,([^"]+)"/.exec(page.out)?.[1] ?? '';
    await writeFile(inBare('page.json'), Buffer.from(file, 'base64'));
    expect((await verify('page.json', '--key', 'keys.pem')).status).toBe(0);
  });

  it('is still valid after the key was renewed, by the old key among the new ones', async () => {
    const renewed = await onData('receipt', 'key', '--renew');
    await writeFile(inBare('renewed.pem'), renewed.out);
    expect(renewed.out.match(/BEGIN PUBLIC KEY/g)).toHaveLength(2);
    expect((await verify('ada.json', '--key', 'renewed.pem')).status).toBe(0);
    await writeFile(
      inBare('new.json'),
      (await onData('recipient', 'receipt', 'ada@lectures.example')).out,
    );
    expect((await verify('new.json', '--key', 'renewed.pem')).status).toBe(0);
    const late = await verify('new.json', '--key', 'keys.pem', '--json');
    expect(JSON.parse(late.out)).toMatchObject({ code: 'other-key' });
  });

  it('is refused of nobody, and where it cannot be written', async () => {
    const nobody = await onData('recipient', 'receipt', 'nobody@lectures.example', '--json');
    expect([nobody.status, JSON.parse(nobody.out).code]).toEqual([1, 'unknown-recipient']);
    const words = ['recipient', 'receipt', 'ada@lectures.example', '--output', '/nowhere/x.json'];
    const unwritable = await onData(...words, '--json');
    expect([unwritable.status, JSON.parse(unwritable.out).code]).toEqual([1, 'file-unwritable']);
  });
});
