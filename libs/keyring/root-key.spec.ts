import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rootKeyOf } from './root-key.ts';

describe('the root key of a data directory (O-06)', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'attesta-root-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is made once, and is the same from then on', () => {
    const made = rootKeyOf(directory, undefined, false);
    expect(made.isNew).toBe(true);
    expect(rootKeyOf(directory, undefined, true)).toEqual({ key: made.key, isNew: false });
  });

  it('that cannot be made is refused by a sentence that names the file', () => {
    const make = () => rootKeyOf(join(directory, 'nowhere'), undefined, false);
    const message = expect.stringContaining(join('nowhere', 'root.key cannot be made'));
    expect(make).toThrow(expect.objectContaining({ code: 'cannot-open', message }));
  });
});
