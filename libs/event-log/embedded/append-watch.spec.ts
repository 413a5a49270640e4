import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import { AppendWatch } from './append-watch.ts';

const at = (position: string): Position => position as Position;
const never = new AbortController().signal;

const watched = (path = join(mkdtempSync(join(tmpdir(), 'attesta-watch-')), 'log-wal')) => {
  let head = at('1');
  let looks = 0;
  const watch = new AppendWatch(() => {
    looks += 1;
    return head;
  }, path);
  return {
    path,
    watch,
    looks: () => looks,
    append: (position: string) => (head = at(position)),
  };
};

describe('LED: somebody who waits for an append', () => {
  it.each(['is written to', 'cannot be watched'])('is woken when the file %s', async (how) => {
    const { path, watch, append } = watched();
    if (how === 'is written to') writeFileSync(path, 'commits');
    const waiting = watch.wait(at('1'), never);
    append('2');
    if (how === 'is written to') appendFileSync(path, 'one more');
    expect(await waiting).toBe(true);
    watch.stop(new Error('Closed.'));
  });

  it('is woken by what the file system does not announce', async () => {
    const { path, watch, append, looks } = watched();
    writeFileSync(path, 'commits');
    await watch.wait(undefined, never);
    const waiting = watch.wait(at('1'), never);
    const before = looks();
    append('2');
    expect(await waiting).toBe(true);
    expect(looks()).toBeGreaterThan(before);
    watch.stop(new Error('Closed.'));
  });

  it('is told when the log fails', async () => {
    const { watch } = watched();
    const waiting = watch.wait(at('1'), never);
    watch.stop(new Error('Closed.'));
    await expect(waiting).rejects.toThrow('Closed.');
  });
});
