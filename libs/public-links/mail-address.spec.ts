import { describe, expect, it } from '@jest/globals';
import { openMailAddress, sealMailAddress } from './mail-address.ts';

const key = new Uint8Array(32).fill(7);
const name = '01jd8k3h5mf4qtc6r9v2x7z0ab';

describe('addresses that name a message (M-14, M-20)', () => {
  it('open for their purpose and key, in any case', () => {
    const local = sealMailAddress(key, 'u', name);
    expect(local).toMatch(/^u\+[a-z0-9]{26}\.[a-v0-9]{26}$/);
    expect(local.length).toBeLessThanOrEqual(64);
    expect(openMailAddress(key, 'u', local.toUpperCase())).toBe(name);
    expect(openMailAddress(key, 'b', local)).toBeUndefined();
    expect(openMailAddress(new Uint8Array(32), 'u', local)).toBeUndefined();
  });

  it('open for no forgery', () => {
    const local = sealMailAddress(key, 'b', name);
    const forged = [
      local.replace('01jd', '01je'),
      local.slice(0, -1),
      local.replace(/^b/, 'u'),
      `b+${name}.${'0'.repeat(26)}`,
      'b+',
      '',
    ];
    for (const each of forged) expect(openMailAddress(key, 'b', each)).toBeUndefined();
  });

  it('are made of a plain name only', () => {
    expect(() => sealMailAddress(key, 'b', 'a@b')).toThrow(TypeError);
  });
});
