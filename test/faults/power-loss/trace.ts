import { readFileSync } from 'node:fs';

/** A call that changed a file or made a change durable, in the order in which the calls ended. */
export type DiskCall =
  | Readonly<{ kind: 'create'; path: string; truncates: boolean }>
  | Readonly<{ kind: 'write'; path: string; offset: number | 'end'; bytes: Buffer }>
  | Readonly<{ kind: 'truncate'; path: string; size: number }>
  | Readonly<{ kind: 'sync'; path: string }>
  | Readonly<{ kind: 'unlink'; path: string }>
  | Readonly<{ kind: 'rename'; path: string; to: string }>;

/** Every system call by which a file's bytes or name can change, or be made durable. */
const TRACED = [
  'openat,open,creat,pwrite64,pwritev,pwritev2,write,writev,fsync,fdatasync,sync_file_range',
  'ftruncate,truncate,fallocate,unlink,unlinkat,rename,renameat,renameat2,link,linkat',
].join(',');

/** Runs a command and writes its calls to a file, with all bytes and all paths. */
export const traced = (trace: string, command: readonly string[]): string[] => {
  const options = ['-f', '-y', '-xx', '-s', '1000000', '-o', trace, '-e', `trace=${TRACED}`];
  return ['strace', ...options, ...command];
};

/** Calls on files below the folder. Throws on a call that would change one in a way unknown here. */
export const readTrace = (trace: string, folder: string): DiskCall[] =>
  wholeCalls(readFileSync(trace, 'latin1')).flatMap((line) => {
    const match = /^(\w+)\((.*)\)\s+= (-?\d+)/s.exec(line);
    if (!match) return [];
    const [, name = '', parameters = '', result = ''] = match;
    if (Number(result) < 0) return [];
    const call = diskCall(name, parameters);
    return call?.path.startsWith(`${folder}/`) || call?.path === folder ? [call] : [];
  });

/** strace splits a call in two lines when another thread's call comes in between. */
const wholeCalls = (text: string): string[] => {
  const begun = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    const [, thread = '', call = ''] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
    if (call.endsWith(' <unfinished ...>')) {
      begun.set(thread, call.slice(0, -' <unfinished ...>'.length));
      return [];
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(call);
    return resumed ? [`${begun.get(thread) ?? ''}${resumed[1] ?? ''}`] : [call];
  });
};

const unescape = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** The quoted strings, the path of the first descriptor (`22<path>`), and the last number. */
const partsOf = (parameters: string) => ({
  strings: [...parameters.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) =>
    unescape(text),
  ),
  descriptor: unescape(/^\d+<((?:\\x[0-9a-f]{2})*)>/.exec(parameters)?.[1] ?? '').toString(),
  last: Number(/, (\d+)$/.exec(parameters)?.[1]),
});

const diskCall = (name: string, parameters: string): DiskCall | undefined => {
  const { strings, descriptor: path, last } = partsOf(parameters);
  const bytes = strings[0] ?? Buffer.alloc(0);
  const first = bytes.toString();
  switch (name) {
    case 'open':
    case 'openat':
      if (!parameters.includes('O_CREAT')) return undefined;
      return { kind: 'create', path: first, truncates: parameters.includes('O_TRUNC') };
    case 'pwrite64':
      return { kind: 'write', path, offset: last, bytes };
    case 'write':
      return { kind: 'write', path, offset: 'end', bytes };
    case 'ftruncate':
      return { kind: 'truncate', path, size: last };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', path };
    case 'unlink':
    case 'unlinkat':
      return { kind: 'unlink', path: first };
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return { kind: 'rename', path: first, to: (strings[1] ?? Buffer.alloc(0)).toString() };
    default:
      throw new Error(
        `The rebuilding of disk states does not know ${name}(${parameters.slice(0, 99)}).`,
      );
  }
};
