export { canonicalJson } from './canonical-json.ts';
export { StoredEventUnreadable } from './decode-events.ts';
export { idFrom, newId, uuidV5 } from './ids.ts';
export { formatRegistry, openLedger, UnknownCategory } from './open-ledger.ts';
export { NOTHING_PERSONAL } from './port.ts';
export type {
  CommandContext,
  Ledger,
  LedgerAppend,
  LedgerAppendOutcome,
  Opening,
  StreamFormat,
} from './port.ts';
export { sweepUnusedKeys, type Sweep } from './sweep-unused-keys.ts';
export {
  failureOf,
  remoteFailure,
  RemoteWriter,
  serveWriter,
  type RemoteFailure,
} from './remote-writer.ts';
export { ledgerWriter, writingThrough, type LedgerWriter } from './writer.ts';
