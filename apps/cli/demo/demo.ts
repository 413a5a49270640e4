import { join } from 'node:path';
import type { Invocation } from '../command-line.ts';
import { CommandRefused } from '../refusal.ts';
import { DemoClient } from './demo-client.ts';
import { DemoFolder, newOperatorKey, type DemoMemory } from './demo-folder.ts';
import type { Made } from './made.ts';
import { makeEverything } from './make-everything.ts';
import { freePort, startSystem, type RunningSystem } from './system.ts';
import { whatToLookAt } from './what-to-look-at.ts';

export type DemoOptions = Readonly<{ exit?: boolean; dataDir?: string }>;

const USUAL_PORT = 3_000;

/**
 * Starts the product on a folder of its own and lets it do its main job, from a file of recipients to a
 * message, an unsubscription and a history, through HTTP alone. A second run finds what the first one made.
 */
export const runDemo = async (options: DemoOptions, invocation: Invocation): Promise<void> => {
  const { config, output, signal } = invocation;
  const folder = new DemoFolder(folderOf(options, config.dataDirectory));
  const memory = (await folder.recall()) ?? (await begin(folder));
  if (await isRunning(memory, signal)) {
    throw new CommandRefused('demo-running', {
      fr: `La démonstration tourne déjà : http://127.0.0.1:${memory.port}`,
      en: `The demo is running already: http://127.0.0.1:${memory.port}`,
    });
  }
  const port = await portFor(memory);
  if (port !== memory.port) await folder.remember({ ...memory, port });
  const system = await startSystem({ folder, port, operatorKey: memory.operatorKey });
  try {
    const client = new DemoClient(system.url, undefined, signal);
    const made = await found(memory, invocation, client, folder);
    await whatToLookAt({ made, client, folder, output, staysOn: options.exit !== true });
    if (options.exit !== true) await untilEnd(system, signal);
  } catch (error) {
    // Stopping the demo with Ctrl-C in its middle is no failure of the demo.
    if (!signal.aborted) throw error;
    output.say({
      fr: '\nInterrompu. La même commande reprend là où la démonstration en est.',
      en: '\nInterrupted. The same command goes on where the demo stands.',
    });
    process.exitCode = 1;
  } finally {
    await system.stop();
  }
};

const folderOf = ({ dataDir }: DemoOptions, configured: string): string =>
  dataDir !== undefined || (process.env['ATTESTA_DATA_DIR'] ?? '') !== ''
    ? configured
    : join(configured, 'demo');

const begin = async (folder: DemoFolder): Promise<DemoMemory> => {
  const memory = {
    operatorKey: newOperatorKey(),
    port: USUAL_PORT,
    startedAt: Date.now(),
  };
  await folder.remember(memory);
  return memory;
};

/** The port asked for; else the one of the first run, which the links in the mailbox name. */
const portFor = async ({ port }: DemoMemory): Promise<number> => {
  const asked = process.env['ATTESTA_PORT'];
  return asked === undefined || asked === '' ? freePort([port, USUAL_PORT]) : Number(asked);
};

/** True when this very demo answers already: it knows the operator's key. */
const isRunning = async (
  { port, operatorKey }: DemoMemory,
  signal: AbortSignal,
): Promise<boolean> => {
  const client = new DemoClient(`http://127.0.0.1:${port}`, operatorKey, signal);
  const answer = await client.ask('GET', '/v1/accounts').catch(() => undefined);
  return answer?.status === 200;
};

const found = async (
  memory: DemoMemory,
  { output }: Invocation,
  client: DemoClient,
  folder: DemoFolder,
): Promise<Made> => {
  if (memory.made !== undefined) {
    output.say({
      fr: `La démonstration d’une exécution précédente est là (${folder.path}) : rien n’est refait.`,
      en: `The demo of an earlier run is here (${folder.path}): nothing is done again.`,
    });
    return memory.made;
  }
  const made = await makeEverything(client.with(memory.operatorKey), memory.startedAt, output);
  await folder.keepKey(made.publisher.apiKey);
  await folder.remember({ ...memory, port: Number(new URL(client.url).port), made });
  return made;
};

const untilEnd = async (system: RunningSystem, signal: AbortSignal): Promise<void> => {
  const stopped = new Promise<'stopped'>((resolve) => {
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  if ((await Promise.race([stopped, system.ended])) !== 'stopped') {
    throw new CommandRefused('system-ended', {
      fr: 'Le système s’est arrêté de lui-même ; voir son journal dans le dossier de la démonstration.',
      en: 'The system ended by itself; see its log in the folder of the demo.',
    });
  }
};
