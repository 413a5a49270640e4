import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountId } from '#domain/kernel/index';
import { copyKeyring, type KeyringCopying } from '../copying/copy-keyring.ts';
import type { WrappedKeys } from '../copying/wrapped-keys.ts';
import type { Keyring, Subject } from '../port.ts';

/** Somewhere keys can be kept, empty at first. */
export type KeyringCopyPlace = Readonly<{
  /** Under the root key that all places of a test have, unless another one is given. */
  openKeyring: (rootKey?: Uint8Array) => Promise<Keyring>;
  openWrapped: () => Promise<WrappedKeys>;
  remove: () => Promise<void>;
}>;

const accounts = [
  AccountId.parse('acc_01jd0000000000000000000000'),
  AccountId.parse('acc_01jd0000000000000000000001'),
] as const;
const people = (count: number): Subject[] =>
  Array.from({ length: count }, (_, index) => ({
    accountId: accounts[index % 2 === 0 ? 0 : 1],
    subject: index % 3 === 0 ? `any text/${index}` : `rcp_${String(index).padStart(26, '0')}`,
  }));
const never = new AbortController().signal;
const PEOPLE = 2_345;

/** What a copy of a keyring from one kind of place to another must do. */
export const describeKeyringCopy = (
  name: string,
  makePlaces: () => Promise<Readonly<{ from: KeyringCopyPlace; to: KeyringCopyPlace }>>,
): void => {
  describe(`a copy of a keyring: ${name}`, () => {
    let places: Readonly<{ from: KeyringCopyPlace; to: KeyringCopyPlace }>;
    let opened: { readonly close: () => Promise<void> }[];
    const keep = <T extends { readonly close: () => Promise<void> }>(one: T): T => {
      opened.push(one);
      return one;
    };
    const copy = async (some: Partial<KeyringCopying> = {}) =>
      copyKeyring({
        source: keep(await places.from.openWrapped()),
        target: keep(await places.to.openWrapped()),
        onProgress: () => undefined,
        signal: never,
        ...some,
      });
    /** People, of whom some were destroyed and some came back, and keys that sign. */
    const filled = async (count = PEOPLE): Promise<Keyring> => {
      const keyring = keep(await places.from.openKeyring());
      await keyring.belongTo('ledger one');
      await keyring.ensure(people(count));
      const gone = people(20);
      for (const person of gone) await keyring.destroy(person);
      await keyring.ensure(gone.slice(0, 10));
      await keyring.signer(accounts[0]);
      await keyring.renewSigningKey(accounts[0]);
      await keyring.signer(accounts[1]);
      return keyring;
    };

    beforeEach(async () => {
      opened = [];
      places = await makePlaces();
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
      await places.from.remove();
      await places.to.remove();
    });

    it('gives the same keys under the same root key, and keeps what was destroyed destroyed', async () => {
      const keyring = await filled();
      const result = await copy();
      const dataKeys = PEOPLE - 10;
      expect(result).toEqual({ accounts: 2, signingKeys: 3, dataKeys, copied: dataKeys });
      const other = keep(await places.to.openKeyring());
      expect(other.rootFingerprint()).toBe(keyring.rootFingerprint());
      expect(await other.find(people(PEOPLE))).toEqual(await keyring.find(people(PEOPLE)));
      expect((await other.find(people(20))).filter((key) => key !== undefined)).toHaveLength(10);
      for (const account of accounts) {
        expect(await other.accountKeys(account)).toEqual(await keyring.accountKeys(account));
        const [one, copied] = [keyring, other].map((each) => each.verifyingKeys(account));
        expect(plain(await copied!)).toEqual(plain(await one!));
        expect(hex((await other.signer(account)).publicKey)).toBe(
          hex((await keyring.signer(account)).publicKey),
        );
      }
      await expect(other.belongTo('ledger two')).rejects.toMatchObject({ code: 'foreign-ledger' });
      const all = (each: Keyring) => each.madeBefore(Number.MAX_SAFE_INTEGER, undefined, PEOPLE);
      expect((await all(other)).map(nameOf).sort()).toEqual(
        (await all(keyring)).map(nameOf).sort(),
      );
    });

    it('goes on where it was interrupted; until then it serves nobody', async () => {
      await filled();
      const stop = new AbortController();
      const interrupted = copy({
        signal: stop.signal,
        onProgress: (_what, keys) => {
          if (keys >= 2_000) stop.abort();
        },
      });
      await expect(interrupted).rejects.toMatchObject({ code: 'copy-aborted' });
      await expect(places.to.openKeyring()).rejects.toMatchObject({
        code: 'half-created',
        message: expect.stringContaining('attesta keyring copy'),
      });
      expect(await copy()).toMatchObject({ dataKeys: PEOPLE - 10, copied: PEOPLE - 10 - 2_000 });
      keep(await places.to.openKeyring());
    });

    it('is only compared once it is complete', async () => {
      await filled(50);
      const first = await copy();
      expect(await copy()).toEqual({ ...first, copied: 0 });
    });

    it('never brings back a key that was destroyed in the target since', async () => {
      await filled(50);
      await copy();
      const other = keep(await places.to.openKeyring());
      const [person] = people(50).slice(30);
      await other.destroy(person!);
      await expect(copy()).rejects.toMatchObject({ code: 'copy-differs' });
      expect(await other.find([person!])).toEqual([undefined]);
    });

    it('that has keys of its own is found', async () => {
      await filled(50);
      await copy();
      const other = keep(await places.to.openKeyring());
      await other.ensure([{ accountId: accounts[0], subject: 'new' }]);
      await expect(copy()).rejects.toMatchObject({ code: 'copy-differs' });
    });

    it('is refused to a keyring of another ledger', async () => {
      await filled(50);
      const other = keep(await places.to.openKeyring());
      await other.belongTo('ledger two');
      await expect(copy()).rejects.toMatchObject({ code: 'foreign-keyring' });
    });

    it('takes the place of an empty one that was made by starting too early', async () => {
      const keyring = await filled(50);
      const early = keep(await places.to.openKeyring(Buffer.alloc(32, 9)));
      await early.belongTo('ledger one');
      await early.close();
      expect(await copy()).toMatchObject({ dataKeys: 40 });
      const other = keep(await places.to.openKeyring());
      expect(await other.find(people(50))).toEqual(await keyring.find(people(50)));
    });

    it('is refused to a keyring under another root key', async () => {
      await filled(50);
      const other = keep(await places.to.openKeyring(Buffer.alloc(32, 9)));
      const [key] = await other.ensure(people(1));
      await expect(copy()).rejects.toMatchObject({ code: 'foreign-keyring' });
      expect(await other.find(people(1))).toEqual([key]);
    });

    it('is refused where there is nothing to copy', async () => {
      await expect(copy()).rejects.toMatchObject({ code: 'nothing-to-copy' });
    });
  });
};

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const nameOf = ({ accountId, subject }: Subject): string => `${accountId}/${subject}`;
const plain = (keys: Awaited<ReturnType<Keyring['verifyingKeys']>>): unknown[] =>
  keys.map((key) => ({ ...key, publicKey: hex(key.publicKey) }));
