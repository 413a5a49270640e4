import { uuidV5 } from '#libs/crypto/uuid-v5';
import type { StoredEvent, StreamAppend } from '#libs/event-log/port';
import { encryptUnder, type DataKey, type Keyring } from '#libs/keyring/index';
import type { DraftAppend } from './draft-appends.ts';
import { salted } from './metadata.ts';
import { personalPlace } from './personal-place.ts';
import { Subjects } from './subjects.ts';

/**
 * Drafts as the bytes that the log stores. All keys of the batch are asked for at once and exist
 * durably before the first event that needs one.
 */
export const sealDrafts = async (
  keyring: Keyring,
  drafts: readonly DraftAppend[],
): Promise<readonly StreamAppend[]> => {
  const subjects = new Subjects();
  const places = drafts.map(({ accountId, subject }) =>
    subject === undefined ? -1 : subjects.add(accountId, subject),
  );
  const keys = await keyring.ensure(subjects.list);
  return drafts.map((draft, index) => sealed(draft, keys[places[index] ?? -1]));
};

const sealed = (draft: DraftAppend, dataKey: DataKey | undefined): StreamAppend => {
  const { stream, expected, commandId, metadata } = draft;
  const events = draft.events.map(({ type, data, personal }, index): StoredEvent => {
    const id = uuidV5(commandId, String(index));
    const event = { id, type, data, metadata: salted(metadata) };
    if (personal === undefined) return event;
    if (dataKey === undefined) throw new Error('Personal data has no key to be kept under.');
    const plain = Buffer.from(personal);
    return { ...event, personal: encryptUnder(dataKey, plain, personalPlace(stream, id)) };
  });
  return { stream, expected, events };
};
