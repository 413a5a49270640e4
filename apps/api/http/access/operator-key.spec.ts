import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operatorKeyFrom, operatorKeyOf } from './operator-key.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'attesta-operator-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('the operator’s key', () => {
  it('is made at the first start, and only its hash is kept, for the owner alone', async () => {
    const { key, settle } = await operatorKeyOf(directory);
    expect([key.matches(''), await readdir(directory)]).toEqual([false, []]);
    const made = (await settle()) ?? '';
    expect(key.matches(made)).toBe(true);
    const [file = ''] = await readdir(directory);
    const kept = path.join(directory, file);
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(await readFile(kept, 'utf8')).not.toContain(made);
    const later = await operatorKeyOf(directory);
    expect([await later.settle(), later.key.matches(made), later.key.matches(`${made}x`)]).toEqual([
      undefined,
      true,
      false,
    ]);
  });

  it('is the same one for two processes that start at once', async () => {
    const both = await Promise.all([operatorKeyOf(directory), operatorKeyOf(directory)]);
    const settled = await Promise.all(both.map(({ settle }) => settle()));
    const made = settled.flatMap((each) => each ?? []);
    expect(made).toHaveLength(1);
    expect(both.map(({ key }) => key.matches(made[0] ?? ''))).toEqual([true, true]);
    expect(await readdir(directory)).toHaveLength(1);
  });

  it('of a start that fails is not made, so that no other start works with a key nobody saw', async () => {
    await operatorKeyOf(directory);
    const other = await operatorKeyOf(directory);
    const made = await other.settle();
    expect(other.key.matches(made ?? '')).toBe(true);
  });

  it('in a damaged file stops the start with a sentence', async () => {
    await writeFile(path.join(directory, 'operator-key.sha256'), 'nonsense');
    await expect(operatorKeyOf(directory)).rejects.toThrow(/operator-key\.sha256 is damaged/);
  });

  it('that can be guessed is refused, by the name of its variable', () => {
    expect(() => operatorKeyFrom('secret')).toThrow(/^ATTESTA_OPERATOR_KEY is too short/);
  });
});
