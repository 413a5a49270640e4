import { expectCount, DemoFailed, type DemoClient } from '../demo-client.ts';
import { mappingOf } from '../example/import-mappings.ts';
import { PEOPLE, peopleFiles, RECIPIENTS, type PeopleFile } from '../example/people.ts';
import type { Publisher } from '../made.ts';

type ImportAnswer = Readonly<{
  status: string;
  rows: number;
  created: number;
  refused: number;
  unmapped: readonly string[];
}>;

/** Imports the people of the example through the API, file after file. Returns how many there are. */
export const importPeople = async (
  client: DemoClient,
  { listIds, wordingId }: Publisher,
  startedAt: number,
  onProgress: (done: number, total: number) => void,
): Promise<number> => {
  const files = peopleFiles(startedAt);
  const total = files.reduce((rows, file) => rows + file.rows, 0);
  const done: ImportAnswer[] = [];
  for (const file of files) {
    const before = done.reduce((rows, each) => rows + each.rows, 0);
    const mapping = mappingOf(file.name, { ...listIds, wordingId });
    done.push(await importOne(client, file, mapping, (rows) => onProgress(before + rows, total)));
  }
  const sum = (of: (each: ImportAnswer) => number): number =>
    done.reduce((count, each) => count + of(each), 0);
  expectCount(
    'rows refused',
    sum((each) => each.refused),
    PEOPLE.brokenRows,
  );
  expectCount(
    'recipients created',
    sum((each) => each.created),
    RECIPIENTS,
  );
  expectCount(
    'columns not mapped',
    sum((each) => each.unmapped.length),
    0,
  );
  return RECIPIENTS;
};

const importOne = async (
  client: DemoClient,
  file: PeopleFile,
  mapping: Readonly<Record<string, unknown>>,
  onProgress: (rows: number) => void,
): Promise<ImportAnswer> => {
  const query = new URLSearchParams({ mapping: JSON.stringify(mapping) });
  const path = `/v1/imports?${query.toString()}`;
  const repeatKey = `demo-import-${file.name}`;
  const queued = await client.ask('POST', path, {
    raw: file.csv,
    contentType: 'text/csv',
    repeatKey,
  });
  if (queued.status !== 202) throw new DemoFailed(`the import answered ${queued.status}`);
  const { id } = queued.body as { id: string };
  const over = await client.until('an import to end', async () => {
    const now = await client.get<ImportAnswer>(`/v1/imports/${id}`);
    onProgress(now.rows);
    return now.status === 'completed' || now.status === 'failed' ? now : undefined;
  });
  if (over.status === 'failed') throw new DemoFailed('an import failed');
  return over;
};
