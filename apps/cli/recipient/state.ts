import { Reader } from '#apps/api/recipients/dossier/page/reader';
import { recordedBy } from '#apps/api/recipients/explain/as-of';
import { recipientView } from '#apps/api/recipients/recipient-view';
import type { RecipientAnswer } from '#apps/api/recipients/recipient.dto';
import { folded } from '#apps/api/streams';
import { instantOf, type Bilingual } from '#domain/kernel/index';
import { isForgotten, recipientStream } from '#domain/recipient/index';
import { basisName } from '#projections/timeline/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { CommandRefused } from '../refusal.ts';
import type { Output } from '../terminal/output.ts';
import { recipientNamed } from './find-recipient.ts';
import { instantOption } from '../instant-option.ts';

/** The recipient as the ledger knew it at an instant (design, section 3). */
export const recipientState = async (
  who: string,
  options: Readonly<{ account: string; at?: string }>,
  { config, output }: Invocation,
): Promise<void> => {
  const now = instantOf(Date.now());
  const at = instantOption(options.at) ?? now;
  await onDataDirectory(config, async (engines) => {
    const { id, account, history } = await recipientNamed(engines, who, options.account);
    const known = folded(recipientStream, id, recordedBy(history, at, now));
    if (known.revision < 0 || isForgotten(known.state)) {
      throw new CommandRefused('unknown-recipient', {
        fr: 'Le registre ne connaissait pas cette personne à cet instant.',
        en: 'The ledger did not know that person at that instant.',
      });
    }
    const view = recipientView(id, known.state);
    output.result(view, linesOf(view, account.state.terms.timeZone, output));
  });
};

const KINDS: Readonly<Record<string, Bilingual>> = {
  express: { fr: 'exprès', en: 'express' },
  implied: { fr: 'tacite', en: 'implied' },
  none: { fr: 'aucun', en: 'none' },
};

const linesOf = (view: RecipientAnswer, timeZone: string, output: Output): readonly string[] => {
  const { consent } = view;
  const reader = new Reader(output.language, timeZone);
  const kind = KINDS[consent.kind];
  const basis = [
    kind === undefined ? consent.kind : output.words(kind),
    consent.basis === undefined ? undefined : output.words(basisName(consent.basis)),
    consent.date,
  ].filter((each) => each !== undefined);
  const until = consent.lastDay === undefined ? '' : ` → ${consent.lastDay}`;
  const row = (fr: string, en: string, value: string): string =>
    `${output.words({ fr, en }).padEnd(14)} ${value}`;
  return [
    row('identifiant', 'id', view.id),
    row('courriel', 'email', view.email),
    row('langue', 'language', view.language),
    row('état', 'status', reader.status(view.status)),
    row('consentement', 'consent', `${basis.join(', ')}${until}`),
    ...view.lists.map((list) =>
      row(
        'liste',
        'list',
        `${list.listId} ${reader.status(list.status)} (${reader.plainTime(list.since)})`,
      ),
    ),
    ...Object.entries(view.fields).map(([key, value]) => row(key, key, String(value))),
  ];
};
