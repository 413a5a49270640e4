import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AccountId } from '#domain/kernel/index';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import type { Keyring, Subject } from '#libs/keyring/port';
import { requireFaultTools } from './requirements.ts';
import { withSmallDisk } from './small-disk.ts';

const accountId = AccountId.parse('acc_01jd0000000000000000000000');
const batch = (number: number): Subject[] =>
  Array.from({ length: 200 }, (_, index) => ({ accountId, subject: `subject ${number}.${index}` }));

/** Makes keys until there is no room; returns how many batches were confirmed. */
const fill = async (keyring: Keyring): Promise<number> => {
  for (let number = 0; ; number += 1) {
    try {
      await keyring.ensure(batch(number));
    } catch (error) {
      expect(error).toMatchObject({ code: 'disk-full' });
      return number;
    }
  }
};

beforeAll(requireFaultTools);

describe('LED-1 the keyring on a full disk', () => {
  it('tells the caller, keeps what it confirmed, and goes on when there is room', async () => {
    await withSmallDisk(4_096, async (directory) => {
      const reserve = join(directory, 'reserve');
      writeFileSync(reserve, Buffer.alloc(2_000_000));
      const keyring = embeddedKeyring({ directory });
      const confirmed = await fill(keyring);
      expect(confirmed).toBeGreaterThan(0);
      for (let number = 0; number < confirmed; number += 1) {
        expect(await keyring.find(batch(number))).not.toContain(undefined);
      }
      expect(await keyring.find(batch(confirmed))).toEqual(batch(0).map(() => undefined));

      rmSync(reserve);
      const keys = await keyring.ensure(batch(confirmed));
      await keyring.close();
      const again = embeddedKeyring({ directory });
      expect(await again.find(batch(confirmed))).toEqual(keys);
      await again.close();
    });
  });
});
