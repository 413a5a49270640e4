import { accountStream, type Account } from '#domain/account/index';
import { AccountId, fold } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/index';
import { BadUsage, CommandRefused } from './refusal.ts';

export type OpenAccount = Readonly<{ id: AccountId; state: Exclude<Account, { status: 'none' }> }>;

/** The account that `--account` names. Throws `BadUsage`, or `CommandRefused` when there is none. */
export const accountNamed = async (ledger: Ledger, text: string): Promise<OpenAccount> => {
  if (!AccountId.is(text)) {
    throw new BadUsage({
      fr: 'L’option --account attend un identifiant de compte, acc_….',
      en: '--account takes the id of an account, acc_….',
    });
  }
  const history = await ledger.read(accountStream, text);
  const state = fold(
    accountStream,
    history.map(({ event }) => event),
  );
  if (state.status === 'none') {
    throw new CommandRefused('unknown-account', {
      fr: 'Il n’y a pas de tel compte dans ce dossier de données.',
      en: 'There is no such account in this data directory.',
    });
  }
  return { id: text, state };
};
