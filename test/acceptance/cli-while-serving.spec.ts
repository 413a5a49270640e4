import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readModelNames } from '#apps/projector/index';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { runToEnd, startProduct, type Ended, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

const csv = (count: number): string =>
  [
    'Email,Prenom,Langue,Date',
    ...Array.from({ length: count }, (_, n) => `reader${n}@lectures.example,Ada,fr,2025-03-01`),
  ].join('\n');

describe('attesta, the command line, beside the running product', () => {
  let dataDirectory: string;
  let product: RunningProgram;
  let publisher: Publisher;

  const attesta = (...words: string[]): Promise<Ended> =>
    runToEnd('cli', [...words, '--json'], { ATTESTA_DATA_DIR: dataDirectory });

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    product = await startProduct(dataDirectory);
    publisher = await Publisher.open(product);
  });
  afterAll(async () => {
    await product.stop();
    await removeDataDirectory(dataDirectory);
  });

  it('imports a file that the product then serves (IMP-1)', async () => {
    const file = path.join(path.dirname(dataDirectory), 'readers.csv');
    await writeFile(file, csv(1_200));
    const { accountId, listId, wordingId } = publisher;
    const mapping = JSON.stringify(expressMapping(listId, wordingId));
    const imported = await attesta('import', file, '--account', accountId, '--mapping', mapping);
    expect(imported).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(imported.out)).toMatchObject({ status: 'completed', created: 1_200 });
    const found = await until('the directory to know the last row', () =>
      publisher.find('reader1199@lectures.example'),
    );
    expect(found).toMatchObject({ status: 'active' });
  });

  it('gives the answers of the API, word for word (CON-6)', async () => {
    const { accountId, client } = publisher;
    const { id } = await publisher.find('reader7@lectures.example');
    const [at, account] = [new Date().toISOString(), ['--account', accountId]];
    const asked = await attesta('recipient', 'explain', id, ...account, '--at', at);
    const answered = await client.get(`/v1/recipients/${id}/explain?at=${at}`);
    expect(JSON.parse(asked.out)).toEqual(answered.body);
    const shown = await attesta('recipient', 'state', id, ...account, '--at', at);
    expect(JSON.parse(shown.out)).toEqual(
      (await client.get(`/v1/recipients/${id}/state?at=${at}`)).body,
    );
    const told = JSON.parse((await attesta('recipient', 'timeline', id, ...account)).out);
    const served = (await client.get(`/v1/recipients/${id}/timeline`)).body;
    const sealedAnew = (items: { position: string }[]) =>
      items.map((item) => ({ ...item, position: expect.any(String) }));
    expect(told.items).toEqual(sealedAnew(served.items));
  });

  it.each(readModelNames)(
    'rebuilds %s while people subscribe, and it equals what served (LED-4)',
    async (name) => {
      let [stop, written] = [false, 0];
      const writing = (async () => {
        while (!stop) {
          written += 1;
          const email = `${name}${written}@lectures.example`;
          await publisher.client.post('/v1/recipients', { email, listIds: [publisher.listId] });
        }
      })();
      const rebuilt = await attesta('rebuild', name);
      stop = true;
      await writing;
      expect(rebuilt).toMatchObject({ status: 0, err: '' });
      expect(JSON.parse(rebuilt.out)).toMatchObject({ name, equal: true, differing: 0 });
      expect(written).toBeGreaterThan(0);
      const last = `${name}${written}@lectures.example`;
      expect(await until('the last subscription', () => publisher.find(last))).toBeDefined();
    },
  );
});
