import { isShredded, type AccountId } from '#domain/kernel/index';
import {
  accountStream,
  type AccountTerms,
  type PrivacyOfficer,
  type Sender,
} from '#domain/account/index';
import type { Streams } from '../../streams.ts';

/** The account as the people it writes to see it. */
export type Publisher = Readonly<{
  accountId: AccountId;
  terms: AccountTerms;
  sender: Sender;
  privacyOfficer: PrivacyOfficer;
}>;

export class Publishers {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** Undefined when there is no such account, or its contacts can no longer be read. */
  async find(accountId: AccountId): Promise<Publisher | undefined> {
    const account = await this.#streams.recent(accountStream, accountId);
    if (account.status === 'none' || isShredded(account.contacts)) return undefined;
    const { sender, privacyOfficer } = account.contacts.reveal();
    return { accountId, terms: account.terms, sender, privacyOfficer };
  }
}
