import { clear, fold } from '#domain/kernel/index';
import { reactivationWarning, recipientStream } from '#domain/recipient/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { CommandRefused } from '../refusal.ts';
import { consentOption } from './consent-option.ts';
import { recipientNamed } from './find-recipient.ts';
import { byStaff, clockOf } from './staff-command.ts';

export type ReactivateOptions = Readonly<{
  account: string;
  reason: string;
  consent: string;
  acknowledge?: string;
}>;

/**
 * Brings one person back by hand, after the warning (UNS-6). Without `--acknowledge` it only shows the
 * warning. Whoever has the data directory is its administrator, so a complaint can be lifted here (C-27).
 */
export const reactivateRecipient = async (
  who: string,
  options: ReactivateOptions,
  { config, output }: Invocation,
): Promise<void> => {
  await onDataDirectory(config, async (engines) => {
    const { account, id, history } = await recipientNamed(engines, who, options.account);
    const events = history.map(({ event }) => event);
    const state = fold(recipientStream, events);
    if (options.acknowledge === undefined && isSuppressed(state)) {
      throw unread(reactivationWarning(state));
    }
    const { consent, evidence, wording } = await consentOption(
      options.consent,
      engines.ledger,
      account,
    );
    const command = {
      type: 'Reactivate',
      ...clockOf(account),
      ...consent,
      acknowledgedWarningId: options.acknowledge ?? '',
      reason: clear(options.reason),
      organisationType: account.state.terms.organisationType,
      authority: 'admin',
    } as const;
    await byStaff(engines, account, { id, command, evidence, wording }, output);
  });
};

/** Of what a reactivation can lift. */
const isSuppressed = ({
  unsubscribed,
  complained,
  invalid,
  erased,
}: ReturnType<(typeof recipientStream)['evolve']>): boolean =>
  (unsubscribed !== undefined || complained !== undefined) &&
  invalid === undefined &&
  erased === undefined;

const unread = ({ warningId, text }: ReturnType<typeof reactivationWarning>): CommandRefused =>
  new CommandRefused('warning-not-acknowledged', {
    fr: `${text.fr}\nRien n’a été changé. Pour continuer : --acknowledge ${warningId}`,
    en: `${text.en}\nNothing was changed. To go on: --acknowledge ${warningId}`,
  });
