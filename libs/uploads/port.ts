/** A file taken in whole, which nobody has claimed yet. */
export type StagedUpload = Readonly<{
  /** What it is to be kept as. */
  name: string;
  /** Where the store keeps it: tells it from others that are to be kept under the same name. */
  place: string;
  bytes: number;
  /** SHA-256 of the plain bytes, in hex. Tells two uploads apart; never stored. */
  digest: string;
}>;

/** Something in the store, whoever it belongs to. */
export type UploadEntry = Readonly<{
  name: string;
  staged: boolean;
  /** When bytes last came to it. Milliseconds since 1970. */
  changedAt: number;
  place: string;
}>;

/**
 * Uploaded files, encrypted chunk by chunk under a key that the caller holds: without the key they are
 * noise. Neither direction holds more than a mebibyte in memory. A class and no interface, so that what is made by
 * a framework can ask for it by name.
 */
export abstract class Uploads {
  /**
   * Takes in a file, durable when resolved. It counts only once `keep` was called. Throws `UploadFailure`
   * (`disk-full`, `body-too-large`); then nothing of it is left.
   */
  abstract stage(
    name: string,
    key: Uint8Array,
    bytes: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<StagedUpload>;
  /**
   * From now on the file is there under its name, durably; one kept earlier under it is replaced. Throws
   * `UploadFailure` (`upload-missing`) when it was discarded.
   */
  abstract keep(staged: Pick<StagedUpload, 'name' | 'place'>): Promise<void>;
  /** Forgets a staged file; nothing happens when it was kept. */
  abstract discard(staged: Pick<StagedUpload, 'place'>): Promise<void>;
  /** The plain bytes of a kept file. Throws `UploadFailure` (`upload-missing`, `upload-damaged`). */
  abstract read(name: string, key: Uint8Array): AsyncGenerator<Uint8Array, void>;
  /** Leaves a note, durably: an empty file that says by its name that work waits. `remove` takes it away. */
  abstract note(name: string): Promise<void>;
  abstract remove(name: string): Promise<void>;
  /** Everything in the store, staged files too. */
  abstract list(): Promise<readonly UploadEntry[]>;
}
