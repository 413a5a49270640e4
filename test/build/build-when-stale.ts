// One mechanism for everything that starts programs from dist/: Jest's globalSetup, `npm start`,
// `npm run demo` and `npm run bench` call it before they start; `npm run build` calls it with --check.
//
// A build is stale when the list of sources (path, time, size) differs from the list written at the
// end of the last one. A list, not a newest date, so that a deleted or restored file counts too.
// The build made here skips type checking: whether the types are right is what `npm run check` says.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.sources');
const rooms = ['apps', 'domain', 'libs', 'projections', 'test'];
const configs = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** On a machine that is busy. */
const LONGEST_BUILD_MILLISECONDS = 300_000;

const isSpec = (file: string): boolean => file.endsWith('.spec.ts');
const isCode = (file: string): boolean => file.endsWith('.ts');
/** Templates, style sheets and the like, which a program reads at run time beside its own code. */
const isAsset = (file: string): boolean =>
  !isCode(file) && !/(^|\/)(tsconfig\.json|[^/]*\.md|[^/]*\.snap)$/.test(file);

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

async function listSources(): Promise<string[]> {
  const files = (await Promise.all(rooms.map(filesUnder))).flat();
  return files.filter((file) => !isSpec(file)).sort();
}

async function describe(files: readonly string[]): Promise<string> {
  const lines = files.map(async (file) => {
    const found = await stat(path.join(root, file)).catch(() => undefined);
    return `${file} ${String(found?.mtimeMs)} ${String(found?.size)}`;
  });
  return (await Promise.all(lines)).join('\n');
}

function compile(checkTypes: boolean): boolean {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', ...(checkTypes ? [] : ['--noCheck'])];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Removes what an earlier build made from files that are gone: it could still be imported. */
async function prune(sources: readonly string[]): Promise<void> {
  const known = new Set(sources);
  const outputs = (await filesUnder('dist')).map((file) => path.relative('dist', file));
  const orphans = outputs.filter((file) => {
    if (path.dirname(file) === '.') return false;
    return !known.has(file) && !known.has(file.replace(/\.js(\.map)?$/, '.ts'));
  });
  await Promise.all(orphans.map((file) => rm(path.join(dist, file), { force: true })));
}

async function copyAssets(sources: readonly string[]): Promise<void> {
  for (const file of sources.filter(isAsset)) {
    await mkdir(path.dirname(path.join(dist, file)), { recursive: true });
    await copyFile(path.join(root, file), path.join(dist, file));
  }
}

/** Programs that are started together build one after the other. The lock ends with its process, however that ends. */
async function alone(work: () => Promise<void>): Promise<void> {
  await mkdir(dist, { recursive: true });
  const lock = new DatabaseSync(path.join(dist, '.lock'), { timeout: LONGEST_BUILD_MILLISECONDS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    await work();
  } finally {
    lock.close();
  }
}

async function build(checkTypes: boolean): Promise<void> {
  const sources = await listSources();
  const description = await describe([...sources, ...configs]);
  const built = await readFile(stamp, 'utf8').catch(() => '');
  if (!checkTypes && built === description) return;
  if (!compile(checkTypes)) throw new Error('The build failed: see the messages above.');
  await prune(sources);
  await copyAssets(sources);
  await writeFile(stamp, description);
}

/** Jest calls the default export of the file that its `globalSetup` names. */
export default async function buildWhenStale(): Promise<void> {
  await alone(() => build(false));
}

if (import.meta.main) {
  const checkTypes = process.argv.includes('--check');
  await alone(() => build(checkTypes)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
