import { copyDiffers, KeyringCopyRefused } from './copy-refused.ts';
import type {
  KeyringOwner,
  WrappedDataKey,
  WrappedKeys,
  WrappedSigningKey,
} from './wrapped-keys.ts';

const PAGE = 1_000;

export type KeyringCopying = Readonly<{
  source: WrappedKeys;
  target: WrappedKeys;
  onProgress: (what: 'copying' | 'comparing', dataKeys: number) => void;
  signal: AbortSignal;
}>;

export type KeyringCopyResult = Readonly<{
  accounts: number;
  signingKeys: number;
  dataKeys: number;
  /** Data keys that were not in the target before. */
  copied: number;
}>;

/**
 * Makes the target hold exactly the keys of the source, still wrapped: it opens under the same root key. A copy
 * that was interrupted goes on; until it is complete the target serves nobody. A target that is complete is only
 * compared, since a key that is missing there may have been destroyed. Throws `KeyringCopyRefused` or
 * `KeyringUnavailable`; repeat it after the latter.
 */
export const copyKeyring = async (copying: KeyringCopying): Promise<KeyringCopyResult> => {
  const { source, target } = copying;
  const owner = await source.owner();
  const { rootFingerprint } = owner;
  if (rootFingerprint === undefined) throw nothingToCopy(source.place);
  const before = await target.owner();
  // Whoever starts too early leaves one that protects nothing.
  const isEmpty = (await target.accountKeys()).length === 0;
  if (isForeign(owner, before, isEmpty)) throw foreign(target.place);
  if (isEmpty) await target.begin();
  const mayKeep = isEmpty || before.rootFingerprint === undefined;
  const accounts = await copyAccounts(copying, mayKeep);
  const signingKeys = await copySigningKeys(copying, mayKeep);
  const copied = mayKeep ? await copyDataKeys(copying) : 0;
  const dataKeys = await compareDataKeys(copying);
  if (mayKeep) await target.complete({ ...owner, rootFingerprint });
  return { accounts, signingKeys, dataKeys, copied };
};

const nothingToCopy = (place: string): KeyringCopyRefused =>
  new KeyringCopyRefused(
    'nothing-to-copy',
    `There is no complete keyring in ${place}. Check where the keys are; nothing was changed.`,
  );

const isForeign = (owner: KeyringOwner, before: KeyringOwner, isEmpty: boolean): boolean => {
  const [root, ledger] = [before.rootFingerprint, before.ledgerId];
  if (ledger !== undefined && ledger !== owner.ledgerId) return true;
  return !isEmpty && root !== undefined && root !== owner.rootFingerprint;
};

const foreign = (place: string): KeyringCopyRefused =>
  new KeyringCopyRefused(
    'foreign-keyring',
    `The keyring in ${place} is that of another ledger, or under another root key. Name an empty one; nothing was changed.`,
  );

const copyAccounts = async (
  { source, target }: KeyringCopying,
  mayKeep: boolean,
): Promise<number> => {
  const originals = await source.accountKeys();
  const known = new Map(await idsAndKeys(target));
  const missing = originals.filter(({ accountId }) => !known.has(accountId));
  if (mayKeep) await target.keepAccountKeys(missing);
  const copies = new Map(await idsAndKeys(target));
  const isEqual = originals.every(({ accountId, wrapped }) =>
    isSame(wrapped, copies.get(accountId)),
  );
  if (!isEqual || copies.size !== originals.length)
    throw copyDiffers(target.place, 'an account key');
  return originals.length;
};

const idsAndKeys = async (keys: WrappedKeys): Promise<[string, Uint8Array][]> =>
  (await keys.accountKeys()).map(({ accountId, wrapped }) => [accountId, wrapped]);

const copySigningKeys = async (
  { source, target }: KeyringCopying,
  mayKeep: boolean,
): Promise<number> => {
  const originals = await source.signingKeys();
  const known = new Set((await target.signingKeys()).map(describe));
  if (mayKeep) await target.keepSigningKeys(originals.filter((key) => !known.has(describe(key))));
  const [there, here] = [originals, await target.signingKeys()].map((keys) => keys.map(describe));
  if (there?.join() !== here?.join()) throw copyDiffers(target.place, 'a key that signs');
  return originals.length;
};

const describe = (key: WrappedSigningKey): string => {
  const { accountId, publicKey, madeAt, retiredAt, wrapped } = key;
  const halves = [publicKey, wrapped ?? new Uint8Array()].map((each) => Buffer.from(each));
  return [accountId, madeAt, retiredAt, ...halves.map((each) => each.toString('hex'))].join('/');
};

const copyDataKeys = async (copying: KeyringCopying): Promise<number> => {
  const { target, onProgress } = copying;
  let [copied, seen] = [0, 0];
  for await (const keys of pagesOf(copying)) {
    const known = await target.findDataKeys(keys);
    const missing = keys.filter((_, index) => known[index] === undefined);
    if (missing.length > 0) await target.keepDataKeys(missing);
    copied += missing.length;
    seen += keys.length;
    onProgress('copying', seen);
  }
  return copied;
};

/** Each key of the source is in the target, and there are no others. */
const compareDataKeys = async (copying: KeyringCopying): Promise<number> => {
  const { target, onProgress } = copying;
  let compared = 0;
  for await (const keys of pagesOf(copying)) {
    const copies = await target.findDataKeys(keys);
    const isEqual = keys.every(({ wrapped }, index) => isSame(wrapped, copies[index]));
    if (!isEqual) throw copyDiffers(target.place, "a person's key");
    compared += keys.length;
    onProgress('comparing', compared);
  }
  if ((await target.countDataKeys()) !== compared) {
    throw copyDiffers(target.place, 'keys that the source has not got');
  }
  return compared;
};

async function* pagesOf({
  source,
  signal,
}: KeyringCopying): AsyncGenerator<readonly WrappedDataKey[], void> {
  for (let after: string | undefined; ;) {
    if (signal.aborted) throw aborted();
    const { keys, next } = await source.dataKeys(after, PAGE);
    if (keys.length > 0) yield keys;
    if (next === undefined) return;
    after = next;
  }
}

const aborted = (): KeyringCopyRefused =>
  new KeyringCopyRefused(
    'copy-aborted',
    'The copy was interrupted. Run the same command again: it goes on where it stopped.',
  );

const isSame = (one: Uint8Array, other: Uint8Array | undefined): boolean =>
  other !== undefined && Buffer.compare(one, other) === 0;
