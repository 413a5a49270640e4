/** The first bytes of files that people take for tables. Source: the formats' own specifications. */
const SIGNATURES: readonly (readonly [name: string, signature: readonly number[]])[] = [
  ['an Excel or ZIP file', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty ZIP file', [0x50, 0x4b, 0x05, 0x06]],
  ['an old Excel file', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a gzip file', [0x1f, 0x8b]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['text in UTF-16', [0xff, 0xfe]],
  ['text in UTF-16', [0xfe, 0xff]],
];

/** What the first bytes of a file say it is, when that is no text in UTF-8; undefined when it may be. */
export const otherKindOf = (head: Uint8Array): string | undefined =>
  SIGNATURES.find(([, signature]) => signature.every((byte, index) => head[index] === byte))?.[0] ??
  (head.includes(0) ? 'a file with binary content' : undefined);
