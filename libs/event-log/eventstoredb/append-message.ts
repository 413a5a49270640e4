import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision } from '../port.ts';
import { bytesOfText } from './event-bytes.ts';
import type { WirePosition } from './position.ts';
import type { PreparedAppend, PreparedEvent } from './prepared-append.ts';

const { BatchAppendReq: Request } = streams;

/** What the server says of one append. */
export type AppendReply =
  | Readonly<{ kind: 'recorded'; revision: number; position: WirePosition | undefined }>
  | Readonly<{ kind: 'conflict'; actual: ExpectedRevision }>
  | Readonly<{ kind: 'denied' | 'deleted' }>
  /** It will never be taken: a bug of ours. */
  | Readonly<{ kind: 'refused'; reason: string }>
  /** Not now; whether it was stored is not said. */
  | Readonly<{ kind: 'unknown'; reason: string }>;

const proposed = ({ id, type, data, metadata }: PreparedEvent) => {
  const message = new Request.ProposedMessage()
    .setId(new shared.UUID().setString(id))
    .setData(data)
    .setCustomMetadata(metadata);
  message.getMetadataMap().set('type', type);
  message.getMetadataMap().set('content-type', 'application/json');
  return message;
};

/** One append as one message, its bytes as they are. */
export const appendMessage = (correlation: string, append: PreparedAppend): BatchAppendReq => {
  const options = new Request.Options().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(bytesOfText(append.name)),
  );
  if (append.expected === 'no-stream') options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(append.expected));
  return new Request()
    .setCorrelationId(new shared.UUID().setString(correlation))
    .setOptions(options)
    .setProposedMessagesList(append.events.map(proposed))
    .setIsFinal(true);
};

/** Which append is meant. A server that gives up on one names it by two numbers. */
export const correlationOf = (answer: BatchAppendResp): string => {
  const id = answer.getCorrelationId();
  const structured = id?.getStructured();
  if (structured === undefined) return id?.getString() ?? '';
  const half = (bits: string): string =>
    BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = `${half(structured.getMostSignificantBits())}${half(structured.getLeastSignificantBits())}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** What an answer says of its append. */
export const replyOf = (answer: BatchAppendResp): AppendReply => {
  const success = answer.getSuccess();
  if (success === undefined) return refusalOf(answer);
  const position = success.getPosition();
  return {
    kind: 'recorded',
    revision: Number(success.getCurrentRevision()),
    position: position && {
      commit: position.getCommitPosition(),
      prepare: position.getPreparePosition(),
    },
  };
};

/** What a refusal means, by the type of its details: its message is empty or meant for no program. */
const REFUSALS: Readonly<Record<string, 'denied' | 'deleted' | 'refused'>> = {
  AccessDenied: 'denied',
  StreamDeleted: 'deleted',
  BadRequest: 'refused',
  MaximumAppendSizeExceeded: 'refused',
  InvalidTransaction: 'refused',
};

const refusalOf = (answer: BatchAppendResp): AppendReply => {
  const details = answer.getError()?.getDetails();
  const reason = details?.getTypeName().split('.').at(-1) ?? 'no details';
  if (reason === 'WrongExpectedVersion') {
    return { kind: 'conflict', actual: actualRevision(details?.getValue_asU8()) };
  }
  const kind = REFUSALS[reason] ?? 'unknown';
  return kind === 'denied' || kind === 'deleted' ? { kind } : { kind, reason };
};

/** Of a stream that does not exist the server names no revision, or the highest number there is. */
const actualRevision = (details: Uint8Array = new Uint8Array()): ExpectedRevision => {
  const conflict = shared.WrongExpectedVersion.deserializeBinary(details);
  const revision = Number(conflict.getCurrentStreamRevision());
  const exists = conflict.hasCurrentStreamRevision() && Number.isSafeInteger(revision);
  return exists ? revision : 'no-stream';
};
