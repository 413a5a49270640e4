import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import type { ListId } from '#domain/kernel/index';
import { newDataDirectory, removeDataDirectory } from './data-directory.ts';
import { engineConfig } from './engines.ts';
import { runToEnd, type Ended } from './program.ts';

/** Runs `attesta` as a person would, to its end. */
export const attesta = (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> => runToEnd('cli', words, environment);

const CSV = [
  'Email Address,First Name,OPTIN_TIME',
  'ada@lectures.example,Ada,2025-03-01 10:00:00',
  'grace@lectures.example,Grace,2024-11-05 09:30:00',
  'not an address,Nobody,2024-11-05 09:30:00',
].join('\n');

/** An account with a list, and how a file such as the one below is imported to it. */
export type Importing = Readonly<{ account: string; listId: ListId; mapping: string }>;
type Scene = Importing & Readonly<{ data: string }>;

/** Makes them in a data directory that nobody has open. */
export const prepareImport = async (data: string): Promise<Importing> => {
  const workbench = await ImportWorkbench.open(data, engineConfig(data));
  await workbench.defineField('firstName');
  const listId = await workbench.createList();
  const account = workbench.accountId;
  await workbench.close();
  const mapping = JSON.stringify({
    columns: { 'Email Address': 'email', 'First Name': 'fields.firstName' },
    listIds: [listId],
    consent: {
      kind: 'express',
      dateColumns: ['OPTIN_TIME'],
      method: 'web form',
      source: 'shop',
      attestedBy: 'Privacy officer',
      url: 'https://lectures.example/newsletter',
    },
  });
  return { account, listId, mapping };
};

/** An account with a list, and a file of three rows beside its data: two people and one fault. */
export class CommandLineScene {
  #scene: Scene | undefined;

  async set(): Promise<void> {
    const data = await newDataDirectory();
    this.#scene = { data, ...(await prepareImport(data)) };
    await writeFile(this.file, CSV);
  }

  clear(): Promise<void> {
    return removeDataDirectory(this.data);
  }

  get data(): string {
    return this.#set().data;
  }

  get account(): string {
    return this.#set().account;
  }

  get listId(): ListId {
    return this.#set().listId;
  }

  get mapping(): string {
    return this.#set().mapping;
  }

  get directory(): string {
    return path.dirname(this.data);
  }

  get file(): string {
    return path.join(this.directory, 'recipients.csv');
  }

  onData(...words: string[]): Promise<Ended> {
    return attesta([...words, '--account', this.account, '--data-dir', this.data]);
  }

  /** The two people of the file. */
  async importFile(): Promise<void> {
    const { status, err } = await this.onData('import', this.file, '--mapping', this.mapping);
    if (status !== 0) throw new Error(`The import failed: ${err}`);
  }

  #set(): Scene {
    if (this.#scene === undefined) throw new Error('The scene was not set.');
    return this.#scene;
  }
}

/** One for all tests of the `describe` that it is called in. */
export const useCommandLineScene = (): CommandLineScene => {
  const scene = new CommandLineScene();
  beforeAll(() => scene.set());
  afterAll(() => scene.clear());
  return scene;
};
