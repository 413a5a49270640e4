import { WordingId, type AccountId, type Texts } from '#domain/kernel/index';
import type { CreateWording } from './commands.ts';

/**
 * What people are asked while their implied consent still allows asking, unless the account has words of its
 * own. Who asks, how to reach them and that consent can be withdrawn is said beside it (`consentStatement`).
 */
export const STANDARD_REQUEST: Readonly<{ purpose: Texts; texts: Texts }> = {
  purpose: {
    fr: 'recevoir par courriel des infolettres et des annonces',
    en: 'to receive newsletters and announcements by e-mail',
  },
  texts: {
    fr: 'Oui, j’accepte de continuer à recevoir des infolettres et des annonces par courriel.',
    en: 'Yes, I agree to go on receiving newsletters and announcements by e-mail.',
  },
};

/**
 * The id of the account's standard request: the account's own number, so that whoever draws it up makes the
 * same wording and never a second one.
 */
export const standardRequestId = (accountId: AccountId): WordingId =>
  WordingId.parse(`${WordingId.prefix}_${accountId.slice(accountId.indexOf('_') + 1)}`);

/**
 * Draws it up. `hash` is the SHA-256 (hex) of the canonical JSON of `STANDARD_REQUEST.texts`. Only for a
 * wording that is not there: from then on the account may add versions, and those are its own.
 */
export const createStandardRequest = (accountId: AccountId, hash: string): CreateWording => ({
  type: 'CreateWording',
  accountId,
  ...STANDARD_REQUEST,
  hash,
});
