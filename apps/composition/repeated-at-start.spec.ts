import { describe, expect, it } from '@jest/globals';
import { ServerAway } from '#libs/projecting/testing/outage';
import { repeatedAtStart } from './repeated-at-start.ts';

describe('a step of the start', () => {
  it('is done again when a connection broke on the way', async () => {
    let attempts = 0;
    const opened = await repeatedAtStart(async () => {
      attempts += 1;
      if (attempts < 4) throw new ServerAway();
      return 'open';
    });
    expect([opened, attempts]).toEqual(['open', 4]);
  });

  it('is given up in the end where it breaks every time', async () => {
    let attempts = 0;
    const opening = repeatedAtStart(async () => {
      attempts += 1;
      throw new ServerAway();
    });
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' });
    expect(attempts).toBeGreaterThan(2);
  });

  it('is not done again after any other failure', async () => {
    let attempts = 0;
    const opening = repeatedAtStart(async () => {
      attempts += 1;
      throw new TypeError('a bug');
    });
    await expect(opening).rejects.toThrow('a bug');
    expect(attempts).toBe(1);
  });
});
