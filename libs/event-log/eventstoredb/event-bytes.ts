/** The member of the metadata that carries the cipher text. `$` is EventStoreDB's own sign for such. */
const MEMBER = '"$personal":"';
const CARRIED = /,?"\$personal":"([A-Za-z0-9+/=]*)"\}$/;
const NOTHING = new Uint8Array();

const toBytes = new TextEncoder();
const toText = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8, as all texts are in EventStoreDB. */
export const bytesOfText = (text: string): Uint8Array => toBytes.encode(text);
/** The text again; a mark at its beginning stays. */
export const textOfBytes = (bytes: Uint8Array): string => toText.decode(bytes);

/**
 * Metadata with the cipher text as its last member, in base64: one JSON text, which EventStoreDB's own
 * screens can show. Throws `TypeError` on metadata that is no object or has such a member.
 */
export const withPersonal = (metadata: string, personal: Uint8Array | undefined): string => {
  if (!metadata.startsWith('{') || !metadata.endsWith('}') || CARRIED.test(metadata)) {
    throw new TypeError('Metadata is a JSON object without a member $personal.');
  }
  if (personal === undefined) return metadata;
  const { buffer, byteOffset, byteLength } = personal;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return `${metadata.slice(0, -1)}${metadata === '{}' ? '' : ','}${MEMBER}${text}"}`;
};

/** Both parts again, byte for byte. The cipher text stays empty for who does not ask for it. */
export const withoutPersonal = (
  stored: string,
  isAskedFor: boolean,
): Readonly<{ metadata: string; personal?: Uint8Array }> => {
  // Most of the text is cipher text: a look from the end finds its beginning without reading it all.
  const from = stored.lastIndexOf(MEMBER);
  const carried = from < 0 ? null : CARRIED.exec(stored.slice(Math.max(0, from - 1)));
  if (carried === null) return { metadata: stored };
  const metadata = `${stored.slice(0, stored.length - carried[0].length)}}`;
  if (!isAskedFor) return { metadata, personal: NOTHING };
  return { metadata, personal: new Uint8Array(Buffer.from(carried[1] ?? '', 'base64')) };
};
