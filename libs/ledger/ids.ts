import type { Brand, IdType } from '#domain/kernel/index';
import { encodeBase32 } from '#libs/crypto/base32';
import { fillRandom } from '#libs/crypto/random';
import { uuidV5 } from '#libs/crypto/uuid-v5';

const scratch = Buffer.alloc(16);

const idOf = <B extends string>(idType: IdType<B>): Brand<string, B> =>
  `${idType.prefix}_${encodeBase32(scratch)}` as Brand<string, B>;

/**
 * A new identifier: a UUIDv7 of the time given (milliseconds since 1970), so that ids sort by when they
 * were made. Source: TypeID 0.3.0, RFC 9562 s. 5.7.
 */
export const newId = <B extends string>(
  idType: IdType<B>,
  milliseconds = Date.now(),
): Brand<string, B> => {
  fillRandom(scratch);
  scratch.writeUIntBE(milliseconds, 0, 6);
  scratch.writeUInt8((scratch.readUInt8(6) & 0x0f) | 0x70, 6);
  scratch.writeUInt8((scratch.readUInt8(8) & 0x3f) | 0x80, 8);
  return idOf(idType);
};

/**
 * The identifier that a command makes, always the same: a repeated request to create something finds
 * what it created before. `name` tells several of one command apart. Throws `TypeError` unless the
 * command id is a UUID.
 */
export const idFrom = <B extends string>(
  idType: IdType<B>,
  commandId: string,
  name = '',
): Brand<string, B> => {
  scratch.write(uuidV5(commandId, `${idType.prefix}:${name}`).replaceAll('-', ''), 'hex');
  return idOf(idType);
};

export { uuidV5 };
