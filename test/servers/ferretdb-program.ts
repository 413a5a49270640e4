import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = 'v1.24.2';
const MODULE = 'github.com/FerretDB/FerretDB';
/** Raised when what is done to the sources changes. */
const BUILD = 1;
const BUILD_TIMEOUT_MILLISECONDS = 10 * 60_000;

const run = promisify(execFile);

/** Kept for all working copies on the machine: building it takes a minute or two. */
const cachedProgram = (): string =>
  join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'attesta',
    `ferretdb-${VERSION}-${BUILD}`,
    'ferretdb',
  );

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const environment = {
  ...process.env,
  CGO_ENABLED: '0',
  GOFLAGS: '-buildvcs=false -modcacherw',
};

/** Handlers that read a document and then write it, with the function that begins each. */
const READ_THEN_WRITE = [
  ['msg_update.go', 'MsgUpdate'],
  ['msg_findandmodify.go', 'MsgFindAndModify'],
  ['msg_delete.go', 'MsgDelete'],
] as const;

/**
 * MongoDB changes a document atomically; on SQLite this FerretDB reads it, and writes it in a transaction of its own,
 * so that of two changes at once one can be lost. Here they take turns.
 */
const makeAtomic = async (sources: string): Promise<void> => {
  const folder = join(sources, 'internal/handler');
  await writeFile(
    join(folder, 'take_turns.go'),
    'package handler\n\nimport "sync"\n\nvar turns sync.Mutex\n',
  );
  for (const [file, handler] of READ_THEN_WRITE) {
    const path = join(folder, file);
    const before = await readFile(path, 'utf8');
    const head = new RegExp(`^func \\(h \\*Handler\\) ${handler}\\(.*\\{$`, 'm');
    const after = before.replace(
      head,
      (line) => `${line}\n\tturns.Lock()\n\tdefer turns.Unlock()\n`,
    );
    if (after === before) throw new Error(`${file} of FerretDB ${VERSION} is not as expected.`);
    await writeFile(path, after);
  }
};

/**
 * `go install` makes a program that refuses to start, as its sources lack the file that says their version; so the
 * sources are copied out of the module cache and given one.
 */
const build = async (into: string): Promise<void> => {
  const work = await mkdtemp(join(tmpdir(), 'attesta-ferretdb-build-'));
  const options = { cwd: work, env: environment, timeout: BUILD_TIMEOUT_MILLISECONDS };
  try {
    const { stdout } = await run(
      'go',
      ['mod', 'download', '-json', `${MODULE}@${VERSION}`],
      options,
    );
    const { Dir: sources } = JSON.parse(stdout) as Readonly<{ Dir: string }>;
    const copy = join(work, 'sources');
    await cp(sources, copy, { recursive: true, mode: 0 });
    await run('chmod', ['-R', 'u+w', copy], options);
    await writeFile(join(copy, 'build/version/version.txt'), `${VERSION}\n`);
    await makeAtomic(copy);
    const made = join(work, 'ferretdb');
    await run('go', ['build', '-o', made, './cmd/ferretdb'], { ...options, cwd: copy });
    await mkdir(join(into, '..'), { recursive: true });
    // Others may start or build it at this moment: it appears whole.
    const beside = `${into}.${process.pid}`;
    await cp(made, beside);
    await rename(beside, into);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/**
 * The path of FerretDB, built by the Go toolchain where no earlier run has. Throws where that cannot be done; the
 * message says why.
 */
export const ferretDbProgram = async (): Promise<string> => {
  const path = cachedProgram();
  if (await isThere(path)) return path;
  await build(path);
  return path;
};
