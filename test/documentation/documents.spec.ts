import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '#apps/composition/config';

const readme = readFileSync('README.md', 'utf8');
const documents = ['README.md', ...globSync('docs/**/*.md')];
const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts,
);

/** `variable | default` of the configuration table. */
const table = new Map(
  [...readme.matchAll(/^\| `(ATTESTA_[A-Z_]+)` +\| (.+?) +\|/gm)].map(([, name, value]) => [
    name!,
    value!.replaceAll('`', ''),
  ]),
);

const withoutFences = (text: string): string => text.replace(/```[\s\S]*?```/g, '');

describe('the README', () => {
  it('lists exactly the variables that the configuration reads', () => {
    const source = readFileSync('apps/composition/config.ts', 'utf8');
    const read = new Set(source.match(/ATTESTA_[A-Z_]+/g));
    expect([...table.keys()].sort()).toEqual([...read].sort());
  });

  it('gives the defaults that hold', () => {
    const { dataDirectory, host, port, logLevel, smtpUrls } = readConfig({});
    expect(path.relative('.', dataDirectory)).toBe(path.normalize(table.get('ATTESTA_DATA_DIR')!));
    expect(host).toBe(table.get('ATTESTA_HOST'));
    expect(String(port)).toBe(table.get('ATTESTA_PORT'));
    expect(logLevel).toBe(table.get('ATTESTA_LOG_LEVEL'));
    expect(smtpUrls).toEqual([]);
  });
});

describe('the walk through the code', () => {
  it('lists exactly the rooms of libs/', () => {
    const walk = readFileSync('docs/guides/find-your-way-in-the-code.md', 'utf8');
    const listed = [...walk.matchAll(/^\| \[`([a-z-]+)`\]\(..\/..\/libs\/\1\)/gm)];
    expect(listed.map(([, room]) => room)).toEqual(readdirSync('libs').sort());
  });
});

describe.each(documents)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('links to files that exist', () => {
    const links = [...withoutFences(text).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)];
    const missing = links
      .map(([, target]) => path.join(path.dirname(file), target!))
      .filter((target) => !existsSync(target));
    expect(missing).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([a-z][a-z:-]*)|npm (start|test)\b/g)].map(
      ([, run, short]) => run ?? short!,
    );
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});
