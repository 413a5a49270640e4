import { randomUUID } from 'node:crypto';
import { recipientView } from '#apps/api/recipients/recipient-view';
import type { Engines } from '#apps/composition/index';
import {
  civilDateIn,
  instantOf,
  type Refusal,
  type Evidence,
  type RecipientId,
  type WordingShown,
} from '#domain/kernel/index';
import {
  recipientStream,
  type At,
  type RecipientCommand,
  type RecipientRejectionCode,
} from '#domain/recipient/index';
import { handle } from '#libs/commands/index';
import type { OpenAccount } from '../accounts.ts';
import { CommandRefused } from '../refusal.ts';
import type { Output } from '../terminal/output.ts';

/** A command about one person, and what it rests on. */
type StaffCommand = Readonly<{
  id: RecipientId;
  command: RecipientCommand;
  evidence?: Evidence | undefined;
  wording?: WordingShown | undefined;
}>;

/** The clock, and the day it is where the account is. */
export const clockOf = ({ state }: OpenAccount): At => {
  const { timeZone } = state.terms;
  const now = instantOf(Date.now());
  return { now, timeZone, today: civilDateIn(timeZone, now) };
};

/**
 * Carries out one command by staff at the console, under the same rules as everybody's (C-27), and shows the
 * recipient after it. Throws `CommandRefused` with the rule's own code.
 */
export const byStaff = async (
  { ledger }: Pick<Engines, 'ledger'>,
  account: OpenAccount,
  { id, command, evidence, wording }: StaffCommand,
  output: Output,
): Promise<void> => {
  const done = await handle(ledger, {
    definition: recipientStream,
    key: id,
    command,
    context: {
      accountId: account.id,
      actor: { kind: 'staff' },
      channel: 'console',
      commandId: randomUUID(),
      correlationId: randomUUID(),
      now: command.now,
      ...(evidence !== undefined && { evidence }),
      ...(wording !== undefined && { wording }),
    },
  });
  if (!done.ok) throw refused(done.error);
  const view = recipientView(id, done.value.state);
  const { status, consent } = view;
  const until = consent.lastDay === undefined ? '' : ` → ${consent.lastDay}`;
  output.result(view, [`${id}: ${status}, ${consent.kind}${until}`]);
};

/** The reasons that a person at a console meets, in French; others are told in English. */
const FRENCH: Readonly<Partial<Record<RecipientRejectionCode | 'stale', string>>> = {
  'unsubscribed-all':
    'La personne s’est désabonnée de tout. Elle peut revenir par un formulaire, ou être réactivée, une personne à la fois.',
  'unsubscribed-list': 'La personne s’est désabonnée de cette liste ; elle seule peut y revenir.',
  complaint:
    'La personne s’est plainte d’un message. Elle peut revenir par un formulaire, ou être réactivée, une personne à la fois.',
  'invalid-address':
    'L’adresse est invalide ; aucun import, appel ni formulaire ne la fait revenir.',
  erased: 'La personne a été effacée. Elle peut revenir par un formulaire.',
  restricted: 'L’usage des données de la personne est suspendu : levez d’abord la suspension.',
  'not-suppressed': 'La personne n’est pas désabonnée : il n’y a rien à réactiver.',
  'warning-not-acknowledged':
    'Lisez d’abord l’avertissement actuel, puis donnez son identifiant à --acknowledge.',
  'consent-withdrawn':
    'La personne s’est retirée après ce consentement : donnez-en un qui soit postérieur.',
};

const refused = ({
  code,
  message,
  french,
}: Refusal<RecipientRejectionCode | 'stale'>): CommandRefused =>
  new CommandRefused(code, { fr: french ?? FRENCH[code] ?? message, en: message });
