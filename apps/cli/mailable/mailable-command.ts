import type { Question } from '#apps/api/mailable/answer-at';
import { differenceBetween } from '#apps/api/mailable/difference';
import { historiesOf, type Person } from '#apps/api/mailable/histories';
import { mailableAt } from '#apps/api/mailable/mailable-at';
import { AccountTermsOverTime } from '#apps/api/recipients/explain/account-terms';
import type { Engines } from '#apps/composition/index';
import type { MessageClass } from '#domain/consent/index';
import { instantOf, type Instant, type ListId } from '#domain/kernel/index';
import { countRecipients, recipientDirectory } from '#projections/recipient-directory/index';
import { accountNamed, type OpenAccount } from '../accounts.ts';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { instantOption } from '../instant-option.ts';
import { listOf } from '../lists.ts';
import { BadUsage } from '../refusal.ts';
import { upToDate } from '../up-to-date.ts';
import { writeReport } from './write-report.ts';
import { differenceLines, mailableLines } from './summaries.ts';

export type MailableOptions = Readonly<{
  account: string;
  at?: string;
  differenceTo?: string;
  list?: string;
  class?: MessageClass;
}>;

/** Who could be mailed at an instant, and why; or whose answer is another one at a later instant. */
export const whoWasMailable = async (
  options: MailableOptions,
  called: Invocation,
): Promise<void> => {
  const now = instantOf(Date.now());
  const at = instantOption(options.at) ?? now;
  const to = instantOption(options.differenceTo, '--difference-to');
  if (to !== undefined && to < at) throw backwards();
  await onDataDirectory(called.config, async (engines) => {
    const account = await accountNamed(engines.ledger, options.account);
    const about = await aboutOf(engines, account, options);
    const ask = askerOf(engines, account, { now, about });
    await upToDate(recipientDirectory, engines, called.signal);
    const directory = engines.readStore.model(recipientDirectory);
    const total = await countRecipients(directory, account.id);
    const people = await peopleOf(engines, account);
    const { timeZone } = account.state.terms;
    const told = { ...called, total };
    if (to === undefined) {
      const report = mailableAt(people, await ask(at));
      await writeReport(report, told, (summary, output) =>
        mailableLines(summary, timeZone, output),
      );
    } else {
      const report = differenceBetween(people, await ask(at), await ask(to));
      await writeReport(report, told, (summary, output) =>
        differenceLines(summary, timeZone, output),
      );
    }
  });
};

type About = Readonly<{ class: MessageClass; listId?: ListId }>;

const aboutOf = async (
  { ledger }: Engines,
  account: OpenAccount,
  options: MailableOptions,
): Promise<About> => ({
  class: options.class ?? 'commercial',
  ...(options.list !== undefined && { listId: await listOf(ledger, account, options.list) }),
});

const askerOf = (
  { ledger }: Engines,
  { id, state }: OpenAccount,
  { now, about }: Readonly<{ now: Instant; about: About }>,
): ((at: Instant) => Promise<Question>) => {
  const terms = new AccountTermsOverTime(ledger);
  return async (at) => ({
    at,
    now,
    terms: (await terms.at(id, at, now)) ?? state.terms,
    ...about,
  });
};

const peopleOf = async (
  { ledger, readStore }: Engines,
  { id }: OpenAccount,
): Promise<AsyncIterable<readonly Person[]>> => {
  const upTo = await ledger.head();
  if (upTo === undefined) throw new Error('A ledger that holds an account is not empty.');
  return historiesOf({
    ledger,
    directory: readStore.model(recipientDirectory),
    accountId: id,
    upTo,
  });
};

const backwards = (): BadUsage =>
  new BadUsage({
    fr: 'L’instant de --difference-to précède celui de --at. Échangez-les.',
    en: 'The instant of --difference-to lies before that of --at. Exchange them.',
  });
