import { fold, ListId } from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import type { Ledger } from '#libs/ledger/index';
import type { OpenAccount } from './accounts.ts';
import { BadUsage, CommandRefused } from './refusal.ts';

/** The list of an account that `--list` names. Throws `BadUsage`, or `CommandRefused` when there is none. */
export const listOf = async (
  ledger: Ledger,
  account: OpenAccount,
  text: string,
): Promise<ListId> => {
  if (!ListId.is(text)) {
    throw new BadUsage({
      fr: 'L’option --list attend un identifiant de liste, list_….',
      en: '--list takes the id of a list, list_….',
    });
  }
  const history = await ledger.read(listStream, text);
  const list = fold(
    listStream,
    history.map(({ event }) => event),
  );
  if (list.status === 'none' || list.accountId !== account.id) {
    throw new CommandRefused('unknown-list', {
      fr: 'Ce compte n’a pas de telle liste.',
      en: 'This account has no such list.',
    });
  }
  return text;
};
