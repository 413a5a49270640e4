import { explained, termsAt } from '#apps/api/recipients/explain/explained';
import { recordedBy } from '#apps/api/recipients/explain/as-of';
import type { ExplainAnswer } from '#apps/api/recipients/explain/explain.dto';
import { folded } from '#apps/api/streams';
import { accountStream } from '#domain/account/index';
import { maySend, type MessageClass } from '#domain/consent/index';
import { fold, instantOf, ListId } from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import { recipientStream } from '#domain/recipient/index';
import type { Ledger } from '#libs/ledger/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { BadUsage, CommandRefused } from '../refusal.ts';
import type { Output } from '../terminal/output.ts';
import { recipientNamed, type FoundRecipient } from './find-recipient.ts';
import { instantOption } from './instant-option.ts';

export type ExplainOptions = Readonly<{
  account: string;
  at?: string;
  list?: string;
  class?: MessageClass;
}>;

/** May we write to this person, and why (CON-6): the same decision as a send, in the same words as the API. */
export const explainRecipient = async (
  who: string,
  options: ExplainOptions,
  { config, output }: Invocation,
): Promise<void> => {
  const instant = instantOption(options.at);
  await onDataDirectory(config, async ({ ledger, keyring }) => {
    const found = await recipientNamed({ ledger, keyring }, who, options.account);
    const listIds = await listNamed(ledger, found, options.list);
    const at = instant ?? instantOf(Date.now());
    const { id, account, history } = found;
    const { state } = folded(recipientStream, id, recordedBy(history, at));
    const terms = termsAt(account.id, await ledger.read(accountStream, account.id), at);
    const message = { class: options.class ?? 'commercial', listIds };
    const decision = maySend(state, terms ?? account.state.terms, message, at);
    const answer = explained(decision, history);
    output.result(answer, linesOf(answer, output));
  });
};

const listNamed = async (
  ledger: Ledger,
  { account }: FoundRecipient,
  text: string | undefined,
): Promise<readonly ListId[]> => {
  if (text === undefined) return [];
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
  return [text];
};

const linesOf = (answer: ExplainAnswer, output: Output): readonly string[] => {
  const { language } = output;
  const verdict = answer.allow
    ? output.words({
        fr: 'OUI, on peut écrire à cette personne.',
        en: 'YES, this person may be written to.',
      })
    : output.words({
        fr: 'NON, on ne peut pas écrire à cette personne.',
        en: 'NO, this person may not be written to.',
      });
  const lastDay =
    answer.lastDay === undefined
      ? []
      : [
          output.words({
            fr: `Jusqu’au ${answer.lastDay} inclus.`,
            en: `Until ${answer.lastDay}, inclusive.`,
          }),
        ];
  const reasons = answer.reasons.flatMap((reason) => [
    `  • ${reason.text[language]}`,
    `    ${reason.code} · ${reason.rule} · ${reason.section}`,
  ]);
  return [verdict, ...lastDay, ...reasons];
};
