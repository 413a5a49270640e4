import { isUtf8 } from 'node:buffer';

const EMPTY = Buffer.alloc(0);
const BYTE_ORDER_MARK = 0xfeff;

const lengthOfSequence = (lead: number): number => {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
};

/** How many bytes come before a character that the next chunk completes. */
const completeLength = (bytes: Buffer): number => {
  const end = bytes.length;
  for (let back = 1; back <= Math.min(3, end); back += 1) {
    const byte = bytes.readUInt8(end - back);
    if ((byte & 0xc0) !== 0x80) return lengthOfSequence(byte) > back ? end - back : end;
  }
  return end;
};

/** The text before the first byte that is no UTF-8. */
const validPrefix = (bytes: Buffer): string => {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const head = bytes.subarray(0, middle);
    if (isUtf8(head.subarray(0, completeLength(head)))) valid = middle;
    else invalid = middle;
  }
  const head = bytes.subarray(0, valid);
  return head.toString('utf8', 0, completeLength(head));
};

/** `valid: false` means: after this text comes a byte that is no UTF-8, so nothing after it can be trusted. */
export type DecodedText = Readonly<{ valid: boolean; text: string }>;

/** Turns chunks of bytes into text, strictly: what is no UTF-8 is never replaced by a mark. */
export class Utf8Text {
  #carried: Buffer = EMPTY;
  #atStart = true;

  feed(chunk: Uint8Array): DecodedText {
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.#carried.length === 0 ? view : Buffer.concat([this.#carried, view]);
    const length = completeLength(bytes);
    const complete = bytes.subarray(0, length);
    if (!isUtf8(complete)) return { valid: false, text: this.#withoutMark(validPrefix(complete)) };
    this.#carried = length === bytes.length ? EMPTY : Buffer.from(bytes.subarray(length));
    return { valid: true, text: this.#withoutMark(complete.toString('utf8')) };
  }

  /** Whether the bytes ended with a whole character. */
  get isComplete(): boolean {
    return this.#carried.length === 0;
  }

  #withoutMark(text: string): string {
    if (!this.#atStart || text === '') return text;
    this.#atStart = false;
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }
}
