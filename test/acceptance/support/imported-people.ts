import { ImportWorkbench } from '#apps/importer/testing/workbench';

async function* fileOf(people: number): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from('Email,When\n');
  for (let number = 0; number < people; number += 1) {
    yield Buffer.from(`${String(number)}@people.example,2025-03-01 10:00:00\n`);
  }
}

/** A ledger in files, with so many people who gave express consent: `0@people.example` and on. Answers whose they are. */
export const importPeople = async (directory: string, people: number): Promise<string> => {
  const workbench = await ImportWorkbench.open(directory);
  await workbench.queue(fileOf(people), {
    columns: { Email: 'email' },
    listIds: [await workbench.createList()],
    consent: {
      kind: 'express',
      dateColumns: ['When'],
      method: 'web form',
      source: 'shop',
      attestedBy: 'Privacy officer',
      url: 'https://lectures.example/newsletter',
    },
  });
  await workbench.runImporter();
  await workbench.close();
  return workbench.accountId;
};
