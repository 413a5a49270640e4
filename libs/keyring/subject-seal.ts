import { decryptUnder, encryptUnder } from './cipher.ts';
import type { Keyring, Subject } from './port.ts';

/** Bytes under a subject's key, and the place that they are bound to. */
export type Sealed = Readonly<{ subject: Subject; bytes: Uint8Array; place: Uint8Array }>;

/** Encrypts and decrypts under the subjects' own keys, for stores that keep personal data beside the log. */
export type SubjectSeal = Readonly<{
  /** Makes the subject's key when there is none. */
  seal: (subject: Subject, plain: Uint8Array, place: Uint8Array) => Promise<Uint8Array>;
  /** In order; undefined where the key is gone. Throws `PersonalDataDamaged`. */
  open: (sealed: readonly Sealed[]) => Promise<readonly (Uint8Array | undefined)[]>;
}>;

/** Over the keys of a keyring. */
export const subjectSeal = (keyring: Keyring): SubjectSeal => ({
  seal: async (subject, plain, place) => {
    const [key] = await keyring.ensure([subject]);
    if (key === undefined) throw new Error('The keyring made no key.');
    return encryptUnder(key, plain, place);
  },
  open: async (sealed) => {
    const keys = await keyring.find(sealed.map(({ subject }) => subject));
    return sealed.map(({ bytes, place }, index) => decryptUnder(keys[index], bytes, place));
  },
});
