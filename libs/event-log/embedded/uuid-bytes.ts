const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** 16 bytes of a UUID written in lower case. */
export const uuidToBytes = (uuid: string): Uint8Array => {
  if (!UUID.test(uuid)) throw new TypeError('An event id is not a UUID in lower case.');
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
};

/** The UUID of what SQLite's `hex()` makes of its bytes. */
export const hexToUuid = (upperCase: string): string => {
  const hex = upperCase.toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
