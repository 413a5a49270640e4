import { domainToASCII } from 'node:url';
import { accountNamed, type OpenAccount } from '../accounts.ts';
import type { Engines } from '#apps/composition/index';
import { RecipientId, type Recorded } from '#domain/kernel/index';
import { parseAddress, recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { recipientIdOf } from '#libs/keyring/index';
import { BadUsage, CommandRefused } from '../refusal.ts';

export type FoundRecipient = Readonly<{
  account: OpenAccount;
  id: RecipientId;
  history: readonly Recorded<RecipientEvent>[];
}>;

/**
 * The recipient of an account by address or id. Throws `BadUsage` for a text that is neither, and
 * `CommandRefused` for a person whom the account does not know; neither repeats the text.
 */
export const recipientNamed = async (
  { ledger, keyring }: Pick<Engines, 'ledger' | 'keyring'>,
  text: string,
  accountText: string,
): Promise<FoundRecipient> => {
  const account = await accountNamed(ledger, accountText);
  const id = RecipientId.is(text) ? text : await idOfAddress(keyring, text, account);
  const history = await ledger.read(recipientStream, id);
  if (history[0]?.metadata.accountId !== account.id) {
    throw new CommandRefused('unknown-recipient', {
      fr: 'Ce compte ne connaît pas cette personne. Vérifiez l’adresse ou l’identifiant.',
      en: 'This account does not know that person. Check the address or the id.',
    });
  }
  return { account, id, history };
};

const idOfAddress = async (
  keyring: Engines['keyring'],
  text: string,
  account: OpenAccount,
): Promise<RecipientId> => {
  const address = parseAddress(text, domainToASCII);
  if (!address.ok) {
    throw new BadUsage({
      fr: 'Donnez une adresse de courriel ou un identifiant, rcp_….',
      en: 'Give an e-mail address or the id of a recipient, rcp_….',
    });
  }
  const { identity } = await keyring.accountKeys(account.id);
  return recipientIdOf(identity, address.value.matching);
};
