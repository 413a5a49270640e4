import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { bytesOfText } from './event-bytes.ts';
import type { WirePosition } from './position.ts';
import type { StreamFilter } from './stream-names.ts';

const { ReadReq: Request } = streams;
const { Options } = Request;

/** The most events that the server passes over before it says where it is, times 32. */
const CHECKPOINT_INTERVAL = 32;

const optionsWith = (count: number | 'subscription') => {
  const options = new Options()
    .setResolveLinks(false)
    .setReadDirection(Options.ReadDirection.FORWARDS)
    .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
  return count === 'subscription'
    ? options.setSubscription(new Options.SubscriptionOptions())
    : options.setCount(String(count));
};

/** A page of one stream. */
export const streamRequest = (name: string, from: number, count: number): ReadReq => {
  const stream = new Options.StreamOptions()
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(bytesOfText(name)))
    .setRevision(String(from));
  return new Request().setOptions(
    optionsWith(count).setStream(stream).setNoFilter(new shared.Empty()),
  );
};

const filterOptions = (filter: StreamFilter) => {
  const expression = new Options.FilterOptions.Expression();
  if ('pattern' in filter) expression.setRegex(filter.pattern);
  else expression.setPrefixList([...filter.prefixes]);
  return new Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setCount(new shared.Empty())
    .setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
};

const allOptions = (from: WirePosition | 'start' | 'end') => {
  const all = new Options.AllOptions();
  if (from === 'start') return all.setStart(new shared.Empty());
  if (from === 'end') return all.setEnd(new shared.Empty());
  const { commit, prepare } = from;
  return all.setPosition(
    new Options.Position().setCommitPosition(commit).setPreparePosition(prepare),
  );
};

/** A page of the total order. A read begins with the event at the position, not after it. */
export const allRequest = (
  filter: StreamFilter,
  from: WirePosition | 'start',
  count: number,
): ReadReq =>
  new Request().setOptions(
    optionsWith(count).setAll(allOptions(from)).setFilter(filterOptions(filter)),
  );

/** The last event of the total order. */
export const lastRequest = (filter: StreamFilter): ReadReq =>
  new Request().setOptions(
    optionsWith(1)
      .setReadDirection(Options.ReadDirection.BACKWARDS)
      .setAll(allOptions('end'))
      .setFilter(filterOptions(filter)),
  );

/** Everything after a position, as it comes. */
export const subscriptionRequest = (filter: StreamFilter, after: WirePosition | 'start'): ReadReq =>
  new Request().setOptions(
    optionsWith('subscription').setAll(allOptions(after)).setFilter(filterOptions(filter)),
  );
