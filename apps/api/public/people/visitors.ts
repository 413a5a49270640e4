import {
  fold,
  FormId,
  NewsletterId,
  type ListId,
  type Recorded,
  type WordingShown,
} from '#domain/kernel/index';
import { deliveryStream } from '#domain/delivery/index';
import { recipientStream, type Recipient, type RecipientEvent } from '#domain/recipient/index';
import type { PublicLink } from '#libs/public-links/index';
import type { Streams } from '../../streams.ts';
import type { Publishers } from './publishers.ts';
import { type Publisher } from './publishers.ts';

/** Somebody who came by a link of a message of theirs. */
export type Visitor = Readonly<{
  link: PublicLink;
  publisher: Publisher;
  recipient: Recipient;
  /** Lists that the message was sent to; none when it went to people whatever their lists (M-10). */
  messageLists: readonly ListId[];
  /** The form by which they subscribed last. */
  formId: FormId | undefined;
  /** What they agreed to in the request that waits for their confirmation. */
  agreedTo: WordingShown | undefined;
  /** What they were asked, where the message was a newsletter that carried a request for consent. */
  askedBy: WordingShown | undefined;
}>;

type History = readonly Recorded<RecipientEvent>[];

/** Knows who stands behind a link, and what the message was that brought them. */
export class Visitors {
  readonly #streams: Streams;
  readonly #publishers: Publishers;

  constructor(streams: Streams, publishers: Publishers) {
    this.#streams = streams;
    this.#publishers = publishers;
  }

  /** Undefined when the account is gone: then there is nothing to show. */
  async find(link: PublicLink): Promise<Visitor | undefined> {
    const publisher = await this.#publishers.find(link.accountId);
    if (publisher === undefined) return undefined;
    const history = await this.#streams.ledger.read(recipientStream, link.recipientId);
    const recipient = fold(
      recipientStream,
      history.map(({ event }) => event),
    );
    return {
      link,
      publisher,
      recipient,
      agreedTo: agreedIn(recipient, history),
      askedBy: askedIn(link, history),
      messageLists: await this.#listsOf(link, history),
      formId: history.findLast(({ metadata }) => metadata.evidence?.formId !== undefined)?.metadata
        .evidence?.formId,
    };
  }

  /** Lists that a message was sent to, which is what its one-click leaves. None: everything (M-10). */
  async messageLists(link: PublicLink): Promise<readonly ListId[]> {
    if (NewsletterId.is(link.about)) return this.#listsOf(link, []);
    return this.#listsOf(link, await this.#streams.ledger.read(recipientStream, link.recipientId));
  }

  async #listsOf({ about, recipientId }: PublicLink, history: History): Promise<readonly ListId[]> {
    if (FormId.is(about)) return joinedBy(about, history);
    // A request for consent that went out by itself goes to people whatever their lists.
    if (!NewsletterId.is(about)) return [];
    const { state } = await this.#streams.read(deliveryStream, `${about}.${recipientId}`);
    return state.listIds;
  }
}

/** The event that made the request says what was read when the box was ticked. */
const agreedIn = ({ pending }: Recipient, history: History): WordingShown | undefined =>
  history.findLast(
    ({ event, metadata }) =>
      metadata.wording !== undefined && asks(event) && event.data.at === pending?.requestedAt,
  )?.metadata.wording;

const askedIn = ({ about }: PublicLink, history: History): WordingShown | undefined =>
  history.findLast(
    ({ event }) => event.type === 'ConsentRequested' && event.data.newsletterId === about,
  )?.metadata.wording;

/** Whether the event can have asked for a confirmation. */
const asks = (
  event: RecipientEvent,
): event is Extract<RecipientEvent, { type: 'RecipientSubscribed' | 'ListsJoined' }> =>
  event.type === 'RecipientSubscribed' || event.type === 'ListsJoined';

/** A welcome mail is about what its form subscribed to, as long as anything of that is on record. */
const joinedBy = (formId: FormId, history: History): readonly ListId[] => {
  const joined = new Set<ListId>();
  for (const { event, metadata } of history) {
    if (metadata.evidence?.formId !== formId) continue;
    if (event.type !== 'RecipientSubscribed' && event.type !== 'ListsJoined') continue;
    for (const listId of event.data.listIds) joined.add(listId);
  }
  return [...joined];
};
