import { keyringPlace } from '#apps/composition/index';
import { copyKeyring, type KeyringCopyResult, type WrappedKeys } from '#libs/keyring/copying/index';
import type { Invocation } from '../command-line.ts';
import { CommandRefused } from '../refusal.ts';
import { copyProgress } from './copy-progress.ts';
import type { CopyOptions } from './ledger-copy.ts';

type Told = Pick<Invocation, 'output' | 'signal'>;

/**
 * Copies the keys to another engine as they are stored, wrapped, or goes on with a copy that was interrupted.
 * The root key is not copied: the copy opens under the same one.
 */
export const copyKeys = async ({ from, to }: CopyOptions, told: Told): Promise<void> => {
  const source = await keyringPlace(from).open();
  try {
    const target = await keyringPlace(to).openCopy();
    try {
      if (source.place === target.place) throw sameKeyring();
      tell(target.place, await copied(source, target, told), told);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

const copied = async (
  source: WrappedKeys,
  target: WrappedKeys,
  { output, signal }: Told,
): Promise<KeyringCopyResult> => {
  const progress = copyProgress(output, { fr: 'clés', en: 'keys' });
  try {
    return await copyKeyring({ source, target, onProgress: progress.show, signal });
  } finally {
    progress.end();
  }
};

const sameKeyring = (): CommandRefused =>
  new CommandRefused('same-keyring', {
    fr: '--from et --to désignent le même trousseau. Donnez un autre endroit à --to.',
    en: '--from and --to are the same keyring. Give --to another place.',
  });

const tell = (to: string, result: KeyringCopyResult, { output }: Told): void => {
  const [keys, accounts, now] = [result.dataKeys, result.accounts, result.copied].map((each) =>
    output.number(each),
  );
  output.result({ to, ...result }, [
    output.words({
      fr: `Le trousseau est copié dans ${to}. Clés de personnes : ${keys} ; comptes : ${accounts} ; copiées à cette exécution : ${now}. Toutes ont été relues et trouvées égales.`,
      en: `The keyring is copied to ${to}. Keys of people: ${keys}; accounts: ${accounts}; copied in this run: ${now}. All were read again and found equal.`,
    }),
    output.words({
      fr: 'La clé racine n’est pas copiée : donnez la même, par ATTESTA_ROOT_KEY ou le fichier root.key.',
      en: 'The root key is not copied: give the same one, by ATTESTA_ROOT_KEY or the file root.key.',
    }),
  ]);
};
