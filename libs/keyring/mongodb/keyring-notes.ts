import { isDuplicateKey } from '#libs/mongodb/index';
import type { KeyDatabase } from './key-database.ts';
import { untilSettled } from './until-settled.ts';

/** `root` is the fingerprint of the root key, `ledger` the id of the ledger that the keys belong to. */
type NoteName = 'root' | 'ledger';
type NoteDocument = { _id: NoteName; text: string };

export type KeyringNotes = Readonly<{
  find: (name: NoteName) => Promise<string | undefined>;
  /** What is noted, which is the text given where nothing was: the first to say it decides. Durable when resolved. */
  settle: (name: NoteName, text: string) => Promise<string>;
  forget: (name: NoteName) => Promise<void>;
}>;

const COLLECTION = 'keyring';

/** What is noted of a keyring as a whole. Throws `KeyringUnavailable`. */
export const keyringNotes = ({ ask }: KeyDatabase): KeyringNotes => {
  const find = async (name: NoteName): Promise<string | undefined> => {
    const note = await ask((database) =>
      database.collection<NoteDocument>(COLLECTION).findOne({ _id: name }),
    );
    return note?.text;
  };
  const insert = async (name: NoteName, text: string): Promise<void> => {
    try {
      await ask((database) =>
        database.collection<NoteDocument>(COLLECTION).insertOne({ _id: name, text }),
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };
  return {
    find,
    settle: async (name, text) =>
      (await find(name)) ??
      untilSettled(async () => {
        await insert(name, text);
        return find(name);
      }),
    forget: async (name) => {
      await ask((database) =>
        database.collection<NoteDocument>(COLLECTION).deleteOne({ _id: name }),
      );
    },
  };
};
