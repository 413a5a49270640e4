import { isShredded, type AnyEvent, type Recorded } from '#domain/kernel/index';

/** Never leaves the ledger, hash or not. */
const SECRETS = ['secretHash'];

const dataOf = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !SECRETS.includes(key)));

const personalOf = ({ personal }: AnyEvent): object => {
  if (personal === undefined) return {};
  return { personal: isShredded(personal) ? 'erased' : personal.reveal() };
};

/** One event as a line of NDJSON; `personal` only where the caller may take personal data out. */
export const eventLine = (
  { event, id, stream, revision, metadata }: Recorded<AnyEvent>,
  position: string,
  withPersonal: boolean,
): string => {
  const { occurredAt, recordedAt, actor, channel, correlationId, causationId } = metadata;
  const { wording, policyVersion, evidence } = metadata;
  return JSON.stringify({
    position,
    eventId: id,
    type: event.type,
    stream,
    revision,
    occurredAt,
    recordedAt,
    actor,
    channel,
    correlationId,
    causationId,
    ...(wording !== undefined && { wording }),
    ...(policyVersion !== undefined && { policyVersion }),
    ...(evidence !== undefined && { evidence }),
    data: dataOf(event.data),
    ...(withPersonal && personalOf(event)),
  });
};
