/** Bytes that no reader understands: there is no such type of field. */
export const GARBAGE = Buffer.from([0x0f, 0x01, 0x02]);
