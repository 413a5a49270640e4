import { Reader } from '#apps/api/recipients/dossier/page/reader';
import { AccountTermsOverTime } from '#apps/api/recipients/explain/account-terms';
import { decideAt } from '#apps/api/recipients/explain/decide-at';
import { explained } from '#apps/api/recipients/explain/explained';
import type { ExplainAnswer } from '#apps/api/recipients/explain/explain.dto';
import type { MessageClass } from '#domain/consent/index';
import { instantOf } from '#domain/kernel/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import type { Output } from '../terminal/output.ts';
import { instantOption } from '../instant-option.ts';
import { listOf } from '../lists.ts';
import { recipientNamed } from './find-recipient.ts';

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
    const { account, history } = found;
    const listIds = options.list === undefined ? [] : [await listOf(ledger, account, options.list)];
    const now = instantOf(Date.now());
    const at = instant ?? now;
    const over = new AccountTermsOverTime(ledger);
    const terms = (await over.at(account.id, at, now)) ?? account.state.terms;
    const message = { class: options.class ?? 'commercial', listIds };
    const { decision, known } = decideAt(history, { at, now, terms, message });
    const answer = explained(decision, known);
    output.result(answer, linesOf(answer, output));
  });
};

const linesOf = (answer: ExplainAnswer, output: Output): readonly string[] => {
  const { language } = output;
  const reader = new Reader(language, 'UTC');
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
    `    ${reader.law(reason)} · ${reason.code}`,
  ]);
  return [verdict, ...lastDay, ...reasons];
};
