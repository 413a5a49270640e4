import type { StreamDefinition } from '#domain/kernel/index';
import { accountCodec } from './codec.ts';
import type { AccountCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { AccountRejection } from './rejections.ts';
import { NO_ACCOUNT, type Account } from './state.ts';

export const accountStream: StreamDefinition<
  AccountCommand,
  Account,
  AccountEvent,
  AccountRejection
> = {
  category: 'account',
  initialState: NO_ACCOUNT,
  evolve,
  decide,
  codec: accountCodec,
  subjectOf: (accountId) => accountId,
};

export {
  consentRequestTerms,
  USUAL_CONSENT_REQUESTS,
  type ConsentRequests,
} from './consent-requests.ts';
export type { AccountCommand, ChangeAccount, OpenAccount } from './commands.ts';
export type {
  AccountContacts,
  AccountContactsChanged,
  AccountEvent,
  AccountOpened,
  AccountTerms,
  AccountTermsChanged,
  PrivacyOfficer,
  Sender,
} from './events.ts';
export type { AccountRejection, AccountRejectionCode } from './rejections.ts';
export type { Account } from './state.ts';
