import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountId } from '#domain/kernel/index';
import { isEd25519Signature } from '#libs/crypto/ed25519';
import { decryptUnder, encryptUnder } from '../cipher.ts';
import type { Keyring, Subject } from '../port.ts';

/** One store of keys, which several processes may use at once. */
export type KeyringStore = Readonly<{
  /** A keyring of its own over the same store, as another process would have it. */
  open: () => Promise<Keyring>;
  /** The clock of every keyring that is opened here, milliseconds since 1970. */
  setTime: (milliseconds: number) => void;
  remove: () => Promise<void>;
}>;

const account = AccountId.parse('acc_01jd0000000000000000000000');
const otherAccount = AccountId.parse('acc_01jd0000000000000000000001');
const subject = (name: string, accountId = account): Subject => ({ accountId, subject: name });
const ann = subject('rcp_01jd0000000000000000000001');
const bob = subject('rcp_01jd0000000000000000000002');
const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** What every keyring must do. */
export const describeKeyring = (name: string, openStore: () => Promise<KeyringStore>): void => {
  describe(`keyring: ${name}`, () => {
    let store: KeyringStore;
    let keyring: Keyring;
    let opened: Keyring[];
    const openAnother = async (): Promise<Keyring> => {
      const another = await store.open();
      opened.push(another);
      return another;
    };
    beforeEach(async () => {
      opened = [];
      store = await openStore();
      store.setTime(1_000);
      keyring = await openAnother();
    });
    afterEach(async () => {
      await Promise.all(opened.map((each) => each.close()));
      await store.remove();
    });

    it('belongs to the ledger that it was told first, for all who open it', async () => {
      await keyring.belongTo('one');
      await keyring.belongTo('one');
      const another = await openAnother();
      await another.belongTo('one');
      await expect(another.belongTo('two')).rejects.toMatchObject({ code: 'foreign-ledger' });
      await keyring.belongTo('one');
    });

    it('finds nothing where no key was made', async () => {
      expect(await keyring.find([ann, bob])).toEqual([undefined, undefined]);
      expect(await keyring.find([])).toEqual([]);
      expect(await keyring.ensure([])).toEqual([]);
    });

    it('makes a key once, in order, and finds it again', async () => {
      const [annKey] = await keyring.ensure([ann]);
      expect(annKey?.id).toHaveLength(8);
      expect(annKey?.secret).toHaveLength(32);
      const keys = await keyring.ensure([bob, ann, bob]);
      expect(keys[1]).toEqual(annKey);
      expect(keys[0]).toEqual(keys[2]);
      expect(hex(keys[0]?.secret)).not.toBe(hex(annKey?.secret));
      expect(await keyring.find([ann, subject('nobody'), bob])).toEqual([
        annKey,
        undefined,
        keys[0],
      ]);
    });

    it('keeps the same subject apart in two accounts (P-25)', async () => {
      const elsewhere = subject(ann.subject, otherAccount);
      const [here, there] = await keyring.ensure([ann, elsewhere]);
      expect(hex(here?.secret)).not.toBe(hex(there?.secret));
      await keyring.destroy(ann);
      expect(await keyring.find([ann, elsewhere])).toEqual([undefined, there]);
    });

    it('takes any text as a subject', async () => {
      const names = ['a', 'é', 'rcp_', 'rcp_8zzzzzzzzzzzzzzzzzzzzzzzzz', 'x\ny', '', ann.subject];
      const keys = await keyring.ensure(names.map((each) => subject(each)));
      expect(new Set(keys.map((key) => hex(key.secret))).size).toBe(names.length);
      expect(await keyring.find(names.map((each) => subject(each)))).toEqual(keys);
    });

    it('gives all who ask at once the same key', async () => {
      const another = await openAnother();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? another : keyring).ensure([ann, bob]),
        ),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    });

    it('survives being closed', async () => {
      const [key] = await keyring.ensure([ann]);
      const keys = await keyring.accountKeys(account);
      await keyring.close();
      const later = await openAnother();
      expect(await later.find([ann])).toEqual([key]);
      expect(await later.accountKeys(account)).toEqual(keys);
      expect(later.rootFingerprint()).toBe(keyring.rootFingerprint());
      expect(hex(later.tokenKey())).toBe(hex(keyring.tokenKey()));
    });

    it('destroys a key for everybody, at once and for ever (P-31)', async () => {
      const another = await openAnother();
      const [key] = await keyring.ensure([ann]);
      await another.find([ann]);
      await keyring.destroy(ann);
      expect(await keyring.find([ann])).toEqual([undefined]);
      expect(await another.find([ann])).toEqual([undefined]);
      // A key that was destroyed elsewhere is never used to encrypt something new.
      const [next] = await another.ensure([ann]);
      expect(hex(next?.id)).not.toBe(hex(key?.id));
      expect(hex(next?.secret)).not.toBe(hex(key?.secret));
    });

    it('leaves what a destroyed key protected unreadable, also after a new key was made', async () => {
      const place = Buffer.from('place');
      const [key] = await keyring.ensure([ann]);
      const sealed = encryptUnder(key!, Buffer.from('personal'), place);
      await keyring.destroy(ann);
      await keyring.ensure([ann]);
      const [next] = await keyring.find([ann]);
      expect(decryptUnder(next, sealed, place)).toBeUndefined();
    });

    it('destroys a named key only while it is the current one', async () => {
      const [old] = await keyring.ensure([ann]);
      await keyring.destroy(ann, old?.id);
      expect(await keyring.find([ann])).toEqual([undefined]);
      const [current] = await keyring.ensure([ann]);
      await keyring.destroy(ann, old?.id);
      expect(await keyring.find([ann])).toEqual([current]);
      await keyring.destroy(ann, current?.id);
      expect(await keyring.find([ann])).toEqual([undefined]);
    });

    it('may be asked to destroy what is not there, and twice', async () => {
      await keyring.destroy(ann);
      await keyring.ensure([ann, bob]);
      await keyring.destroy(ann);
      await keyring.destroy(ann);
      expect(await keyring.find([ann])).toEqual([undefined]);
      expect((await keyring.find([bob]))[0]).toBeDefined();
    });

    it('gives each account keys of its own, the same to all who ask (P-25)', async () => {
      const another = await openAnother();
      const [here, again] = await Promise.all([
        keyring.accountKeys(account),
        another.accountKeys(account),
      ]);
      const there = await keyring.accountKeys(otherAccount);
      expect(again).toEqual(here);
      const all = [here.identity, here.cursor, there.identity, there.cursor, keyring.tokenKey()];
      expect(new Set(all.map(hex)).size).toBe(5);
      for (const key of all) expect(key).toHaveLength(32);
    });

    it('lists keys by age in pages, without the destroyed ones', async () => {
      await keyring.ensure([ann, subject('b'), subject('c')]);
      store.setTime(2_000);
      await keyring.ensure([subject('d', otherAccount), bob]);
      await keyring.destroy(subject('b'));
      expect(await keyring.madeBefore(1_000, undefined, 10)).toEqual([]);
      expect(await keyring.madeBefore(2_000, undefined, 10)).toEqual([ann, subject('c')]);
      const first = await keyring.madeBefore(9_000, undefined, 2);
      const second = await keyring.madeBefore(9_000, first.at(-1), 2);
      expect([...first, ...second]).toEqual([ann, subject('c'), subject('d', otherAccount), bob]);
      expect(await keyring.madeBefore(9_000, second.at(-1), 2)).toEqual([]);
    });

    it('goes on with a page whose last key was destroyed meanwhile', async () => {
      await keyring.ensure([ann, bob]);
      await keyring.destroy(ann);
      expect(await keyring.madeBefore(9_000, ann, 10)).toEqual([bob]);
    });

    it('signs under one key of the account, the same to all who ask at once (P-16)', async () => {
      const others = await Promise.all(Array.from({ length: 3 }, openAnother));
      const all = [keyring, ...others];
      expect(await keyring.verifyingKeys(account)).toEqual([]);
      const signers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => all[index % all.length]!.signer(account)),
      );
      const [first] = signers;
      const bytes = Buffer.from('receipt');
      for (const { publicKey, sign } of signers) {
        expect(hex(publicKey)).toBe(hex(first?.publicKey));
        expect(isEd25519Signature(publicKey, bytes, await sign(bytes))).toBe(true);
      }
      for (const each of all) {
        const keys = await each.verifyingKeys(account);
        expect(keys.map(({ publicKey }) => hex(publicKey))).toEqual([hex(first?.publicKey)]);
      }
      const elsewhere = await keyring.signer(otherAccount);
      expect(hex(elsewhere.publicKey)).not.toBe(hex(first?.publicKey));
    });

    it('goes on signing under the same key after it was closed', async () => {
      const { publicKey } = await keyring.signer(account);
      await keyring.close();
      const later = await openAnother();
      expect(hex((await later.signer(account)).publicKey)).toBe(hex(publicKey));
    });

    it('keeps the public half of a key that another one replaced', async () => {
      const another = await openAnother();
      const { publicKey: old } = await another.signer(account);
      store.setTime(2_000);
      const { publicKey: next } = await keyring.renewSigningKey(account);
      expect(hex(next)).not.toBe(hex(old));
      expect(hex((await another.signer(account)).publicKey)).toBe(hex(next));
      const keys = await another.verifyingKeys(account);
      expect(keys.map((key) => [hex(key.publicKey), key.madeAt, key.retiredAt])).toEqual([
        [hex(old), 1_000, 2_000],
        [hex(next), 2_000, undefined],
      ]);
    });

    it('renews what was never made, and many times at once', async () => {
      const another = await openAnother();
      await Promise.all([keyring, another, keyring].map((each) => each.renewSigningKey(account)));
      const keys = await keyring.verifyingKeys(account);
      expect(keys).toHaveLength(3);
      expect(keys.filter(({ retiredAt }) => retiredAt === undefined)).toHaveLength(1);
      const { publicKey } = await another.signer(account);
      expect(hex(publicKey)).toBe(hex(keys.at(-1)?.publicKey));
    });

    it('refuses once closed', async () => {
      await keyring.close();
      await expect(keyring.ensure([ann])).rejects.toMatchObject({ code: 'closed' });
      await expect(keyring.find([ann])).rejects.toMatchObject({ code: 'closed' });
      await expect(keyring.destroy(ann)).rejects.toMatchObject({ code: 'closed' });
      await expect(keyring.signer(account)).rejects.toMatchObject({ code: 'closed' });
      await expect(keyring.verifyingKeys(account)).rejects.toMatchObject({ code: 'closed' });
    });
  });
};
