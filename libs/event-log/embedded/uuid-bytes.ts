const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** 16 bytes of a UUID written in lower case. */
export const uuidToBytes = (uuid: string): Uint8Array => {
  if (!UUID.test(uuid)) throw new TypeError(`Not a UUID in lower case: ${uuid}`);
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
};

export const bytesToUuid = (bytes: Uint8Array): string => {
  let text = '';
  for (const [index, byte] of bytes.entries()) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += hexOf[byte] ?? '';
  }
  return text;
};
