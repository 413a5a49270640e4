import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from '@jest/globals';
import type { AccountId } from '#domain/kernel/index';

/** How a process opens the keyring and closes what it opened, as lines of a program; `words` are its arguments. */
export type OwnProcess = Readonly<{
  imports: string;
  open: string;
  close: string;
  words: readonly string[];
}>;

const programOf = ({ imports, open, close }: OwnProcess, accountId: AccountId): string => `
  ${imports}
  ${open}
  const subjects = Array.from({ length: 40 }, (_, index) => ({ accountId: '${accountId}', subject: 'subject ' + index }));
  const keys = [];
  for (const subject of subjects) keys.push(...(await keyring.ensure([subject])));
  const { publicKey } = await keyring.signer('${accountId}');
  console.log(JSON.stringify([keyring.rootFingerprint() + Buffer.from(publicKey).toString('hex'), keys.map((key) => Buffer.from(key.secret).toString('hex'))]));
  ${close}
`;

const run = async (program: string, words: readonly string[]): Promise<string> => {
  const child = spawn(
    process.execPath,
    ['--conditions=attesta-source', '--input-type=module', '--eval', program, ...words],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number];
  expect(status).toBe(0);
  return output;
};

/** Three processes that start at once have the same root key, the same key a person, and one to sign with. */
export const expectSameKeysInProcesses = async (
  own: OwnProcess,
  accountId: AccountId,
): Promise<void> => {
  const program = programOf(own, accountId);
  const answers = await Promise.all([1, 2, 3].map(() => run(program, own.words)));
  expect(answers[0]).toMatch(/^\["[0-9a-f]{96}",\["[0-9a-f]{64}"/);
  expect(new Set(answers).size).toBe(1);
};
