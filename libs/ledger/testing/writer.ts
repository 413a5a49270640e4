// A program that the fault tests run and hurt: it writes notes about people through the ledger, destroys
// the keys of some, and notes each promise as one line in a file, the moment it is made.
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { embeddedKeyring, KEYRING_FILE } from '#libs/keyring/embedded/index';
import { subjectBytes } from '#libs/keyring/embedded/subject-bytes';
import { openLedger } from '../open-ledger.ts';
import { contextOf, notebookStream, noteTaken, testAccount } from './notebook.ts';
import { destroyedFact, doomed, noteFact } from './promises.ts';

const [directory, acknowledgements, rounds, synchronous] = process.argv.slice(2);
if (directory === undefined || acknowledgements === undefined) {
  throw new TypeError('A data directory and a file of acknowledgements are needed.');
}
const acknowledge = openSync(acknowledgements, 'a');
const note = (fact: string): void => void writeSync(acknowledge, `${fact}\n`);

const eventLog = await embeddedEventLog({
  directory,
  checkpointAfterPages: 40,
  onFatal: (failure) => {
    throw failure;
  },
});
const keyring = embeddedKeyring({
  directory,
  synchronous: synchronous === 'NORMAL' ? 'NORMAL' : 'FULL',
});
const ledger = openLedger({ eventLog, keyring });

const storedKeyOf = (subject: string): string => {
  const database = new DatabaseSync(join(directory, KEYRING_FILE), { readOnly: true });
  const row = database
    .prepare('SELECT hex(sealed) AS sealed FROM data_key WHERE subject = ?')
    .get(subjectBytes(subject));
  database.close();
  return String(row?.['sealed']);
};

const write = async (key: string): Promise<void> => {
  const events = ['hair', 'eyes'].map((topic) => noteTaken(topic, `${topic} of ${key}`));
  const context = contextOf(randomUUID());
  await ledger.append({ format: notebookStream, key, expected: 'no-stream', events, context });
  events.forEach((_, revision) => note(noteFact(key, revision)));
};

const writeAndDestroy = async (key: string): Promise<void> => {
  await write(key);
  const sealed = storedKeyOf(key);
  await keyring.destroy({ accountId: testAccount, subject: key });
  note(destroyedFact(key, sealed));
};

for (let round = 0; round < Number(rounds); round += 1) {
  const name = randomUUID();
  await Promise.all([write(`a ${name}`), write(`b ${name}`), writeAndDestroy(doomed(name))]);
}
await keyring.close();
await eventLog.close();
