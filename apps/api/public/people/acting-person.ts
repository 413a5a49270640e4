import { randomUUID } from 'node:crypto';
import {
  FormId,
  instantOf,
  NewsletterId,
  type AccountId,
  type Channel,
  type Evidence,
  type RecipientId,
  type Result,
  type WordingShown,
} from '#domain/kernel/index';
import {
  recipientStream,
  type At,
  type Recipient,
  type RecipientCommand,
  type RecipientEvent,
  type RecipientRejection,
} from '#domain/recipient/index';
import { handle, type CommandDone } from '#libs/commands/index';
import type { PublicLink } from '#libs/public-links/index';
import type { Recipients } from '../../recipients/recipients.ts';
import type { Streams } from '../../streams.ts';

type Person = Readonly<{ accountId: AccountId; recipientId: RecipientId }>;

export type ActOptions = Readonly<{
  channel: Channel;
  correlationId: string;
  evidence?: Evidence;
  wording?: WordingShown;
  /** Given where sending the same page twice must be recognised. */
  commandId?: string;
}>;

/** What came of a command that a person gave. */
export type PersonOutcome = Result<CommandDone<Recipient, RecipientEvent>, RecipientRejection>;

/**
 * Commands that a person gives on a page of their own. The actor is the person, never an API client. Where
 * they came from on the network is not recorded: it proves little, and would be one more thing to protect.
 */
export class ActingPerson {
  readonly #streams: Streams;
  readonly #recipients: Recipients;

  constructor(streams: Streams, recipients: Recipients) {
    this.#streams = streams;
    this.#recipients = recipients;
  }

  /** The clock where the account is, as commands need it. */
  async at(accountId: AccountId): Promise<At> {
    return (await this.#recipients.setting(accountId)).at;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#streams.now();
  }

  async run(
    person: Person,
    command: RecipientCommand,
    options: ActOptions,
  ): Promise<PersonOutcome> {
    const { channel, correlationId, evidence, wording, commandId = randomUUID() } = options;
    const done = await handle(this.#streams.ledger, {
      definition: recipientStream,
      key: person.recipientId,
      command,
      context: {
        accountId: person.accountId,
        actor: { kind: 'recipient', id: person.recipientId },
        channel,
        commandId,
        correlationId,
        now: instantOf(this.#streams.now()),
        ...(evidence !== undefined && { evidence }),
        ...(wording !== undefined && { wording }),
      },
    });
    if (done.ok) return done;
    if (done.error.code === 'stale') throw new Error('A page never names a revision.');
    return { ok: false, error: { ...done.error, code: done.error.code } };
  }
}

/** What a link proves: which message it came with. */
export const evidenceOf = ({ about }: PublicLink): Evidence => {
  if (FormId.is(about)) return { formId: about };
  return NewsletterId.is(about) ? { newsletterId: about } : {};
};
