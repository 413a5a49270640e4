import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line that runs a TypeScript file of this project as it stands. */
export const sourceProgram = (file: string, ...parameters: readonly string[]): string[] => [
  process.execPath,
  '--conditions=attesta-source',
  '--disable-warning=ExperimentalWarning',
  file,
  ...parameters,
];

export type RunningProgram = Readonly<{
  child: ChildProcess;
  /** Resolves once standard output holds the text; rejects when the program ends without it. */
  says: (text: string) => Promise<void>;
  /** How it ended, and everything it said. */
  ended: Promise<Readonly<{ status: number | null; signal: string | null; output: string }>>;
}>;

export const startProgram = (command: readonly string[]): RunningProgram => {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const heard = (part: Buffer): void => void (output += part.toString());
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const ended = once(child, 'close').then(([status, signal]) => ({
    status: status as number | null,
    signal: signal as string | null,
    output,
  }));
  const says = (text: string): Promise<void> => {
    const heardIt = new Promise<void>((resolve) => {
      const look = (): void => {
        if (output.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      look();
    });
    const gone = ended.then((end) => {
      if (!output.includes(text)) throw new Error(`It ended (${end.status}) and said: ${output}`);
    });
    return Promise.race([heardIt, gone]);
  };
  return { child, says, ended };
};

/** The whole lines of a file of acknowledgements. */
export const acknowledgedIn = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
