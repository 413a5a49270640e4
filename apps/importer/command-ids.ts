import type { ImportId } from '#domain/kernel/index';
import { uuidV5 } from '#libs/ledger/index';

/** Root of the command ids of all imports; fixed for ever, or a resumed import would do rows twice. */
const NAMESPACE = '0d8b5b0e-53a1-5f7e-9a5c-5b8f3f1e7c42';

/** Command ids of one import: the same row, or the same step, always has the same one. */
export const commandIdsOf = (importId: ImportId): ((step: string | number) => string) => {
  const namespace = uuidV5(NAMESPACE, importId);
  return (step) => uuidV5(namespace, String(step));
};
