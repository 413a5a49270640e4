import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = 'v1.24.2';
const MODULE = 'github.com/FerretDB/FerretDB';
/**
 * What MongoDB does and this FerretDB does not: two changes of one document at once are both kept, a command may
 * hold more than a hundred updates, and documents are found, counted and sorted by the indexes, without reading all
 * the others.
 */
const PATCH = join(import.meta.dirname, `ferretdb-${VERSION}.patch`);
/** Raised when the patch changes. */
const BUILD = 5;
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

/**
 * From a copy of the sources, as `go install` makes a program that refuses to start: they lack the file that says
 * their version.
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
    // No repository around it is meant.
    const alone = { ...environment, GIT_CEILING_DIRECTORIES: work };
    await run('git', ['apply', PATCH], { ...options, cwd: copy, env: alone });
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
