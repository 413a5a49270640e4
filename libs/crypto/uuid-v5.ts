import { hash } from 'node:crypto';

const NAMESPACE_BYTES = 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const scratch = Buffer.alloc(NAMESPACE_BYTES + 1024);
let namespaceInScratch = '';

/** Throws `TypeError` when the text is no UUID. */
const useNamespace = (namespace: string): void => {
  if (namespace === namespaceInScratch) return;
  if (!UUID.test(namespace))
    throw new TypeError('The namespace of a name-based id must be a UUID.');
  scratch.write(namespace.replaceAll('-', ''), 0, 'hex');
  namespaceInScratch = namespace;
};

const hashed = (name: string): string => {
  if (name.length * 3 <= scratch.length - NAMESPACE_BYTES) {
    return hash(
      'sha1',
      scratch.subarray(0, NAMESPACE_BYTES + scratch.write(name, NAMESPACE_BYTES)),
    );
  }
  return hash('sha1', Buffer.concat([scratch.subarray(0, NAMESPACE_BYTES), Buffer.from(name)]));
};

const VARIANT = '89ab';

/** The UUID that a name has in a namespace, always the same. Source: RFC 9562 s. 5.5. */
export const uuidV5 = (namespace: string, name: string): string => {
  useNamespace(namespace);
  const hex = hashed(name);
  const variant = VARIANT.charAt(parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
