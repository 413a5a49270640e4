import { readFileSync } from 'node:fs';

/** A call that changed a file or made a change durable. */
export type DiskCall =
  | Readonly<{ kind: 'create'; path: string; truncates: boolean }>
  | Readonly<{ kind: 'write'; path: string; offset: number | 'end'; bytes: Buffer }>
  | Readonly<{ kind: 'truncate'; path: string; size: number }>
  /** What was written before a sync began is durable when it has ended. */
  | Readonly<{ kind: 'sync-begun' | 'sync-ended'; path: string; thread: string }>
  | Readonly<{ kind: 'unlink'; path: string }>
  | Readonly<{ kind: 'rename' | 'link'; path: string; to: string }>;

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
  linesOf(readFileSync(trace, 'latin1'))
    .flatMap(diskCalls)
    .filter(({ path }) => path === folder || path.startsWith(`${folder}/`));

/** A whole call has both marks; one during which another thread made a call comes in two lines. */
type Line = Readonly<{ thread: string; call: string; begins: boolean; ends: boolean }>;

const linesOf = (text: string): Line[] => {
  const open = new Map<string, string>();
  return text.split('\n').map((line) => {
    const [, thread = '', call = ''] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
    if (call.endsWith(UNFINISHED)) {
      const start = call.slice(0, -UNFINISHED.length);
      open.set(thread, start);
      return { thread, call: start, begins: true, ends: false };
    }
    const rest = /^<\.\.\. \w+ resumed>(.*)$/s.exec(call)?.[1];
    if (rest === undefined) return { thread, call, begins: true, ends: true };
    return { thread, call: `${open.get(thread) ?? ''}${rest}`, begins: false, ends: true };
  });
};

const UNFINISHED = ' <unfinished ...>';

const diskCalls = ({ thread, call, begins, ends }: Line): DiskCall[] => {
  const [, name = '', rest = ''] = /^(\w+)\((.*)$/s.exec(call) ?? [];
  const isSync = name === 'fsync' || name === 'fdatasync';
  const path = isSync ? descriptorIn(rest) : '';
  const begun = isSync && begins ? [{ kind: 'sync-begun', path, thread } as const] : [];
  if (!ends) return begun;
  const [, parameters = '', result = '-1'] = /^(.*)\)\s+= (-?\d+)/s.exec(rest) ?? [];
  if (Number(result) < 0) return begun;
  if (isSync) return [...begun, { kind: 'sync-ended', path, thread }];
  const change = diskChange(name, parameters);
  return change === undefined ? [] : [change];
};

const unescape = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** The path that strace prints beside a descriptor: `22<path>`. */
const descriptorIn = (parameters: string): string =>
  unescape(/^\d+<((?:\\x[0-9a-f]{2})*)>/.exec(parameters)?.[1] ?? '').toString();

/** The quoted strings, the path of the first descriptor, and the last number. */
const partsOf = (parameters: string) => ({
  strings: [...parameters.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) =>
    unescape(text),
  ),
  descriptor: descriptorIn(parameters),
  last: Number(/, (\d+)$/.exec(parameters)?.[1]),
});

const diskChange = (name: string, parameters: string): DiskCall | undefined => {
  const { strings, descriptor: path, last } = partsOf(parameters);
  const bytes = strings[0] ?? Buffer.alloc(0);
  const first = bytes.toString();
  const second = (strings[1] ?? Buffer.alloc(0)).toString();
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
    case 'unlink':
    case 'unlinkat':
      return { kind: 'unlink', path: first };
    case 'rename':
    case 'renameat':
    case 'renameat2':
      return { kind: 'rename', path: first, to: second };
    case 'link':
    case 'linkat':
      return { kind: 'link', path: first, to: second };
    default:
      throw new Error(
        `The rebuilding of disk states does not know ${name}(${parameters.slice(0, 99)}).`,
      );
  }
};
