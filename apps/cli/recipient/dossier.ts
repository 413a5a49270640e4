import type { ProofFormat, ProofLanguage } from '#apps/api/recipients/proof/proof-forms';
import { AccountTokens } from '#apps/api/http/tokens/account-tokens';
import { assembleDossier } from '#apps/api/recipients/dossier/assemble-dossier';
import type { DossierAnswer } from '#apps/api/recipients/dossier/dto/dossier.dto';
import { gatherMaterial } from '#apps/api/recipients/dossier/gather-material';
import { dossierPage } from '#apps/api/recipients/dossier/page/dossier-page';
import type { Engines } from '#apps/composition/index';
import { instantOf, type Position } from '#domain/kernel/index';
import { deliveryQueue } from '#projections/delivery-queue/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { writePrivateFile } from '../private-file.ts';
import { BadUsage } from '../refusal.ts';
import { upToDate } from '../up-to-date.ts';
import { recipientNamed, type FoundRecipient } from './find-recipient.ts';

export type DossierOptions = Readonly<{
  account: string;
  format?: ProofFormat;
  language?: ProofLanguage;
  output?: string;
}>;

/** The consent dossier of a person, to standard output or into a file (C-29): the same as of the API. */
export const recipientDossier = async (
  who: string,
  options: DossierOptions,
  { config, output, signal }: Invocation,
): Promise<void> => {
  const format = options.format ?? (output.json ? 'json' : 'html');
  if (output.json && format === 'html' && options.output === undefined) throw twoForms();
  await onDataDirectory(config, async (engines) => {
    const found = await recipientNamed(engines, who, options.account);
    // The position first: what is recorded while the read model catches up belongs to a later dossier.
    const upTo = await engines.ledger.head();
    if (upTo === undefined) throw new Error('A ledger that holds a person is not empty.');
    await upToDate(deliveryQueue, engines, signal);
    const dossier = await dossierOf(engines, found, upTo);
    const text = textOf(dossier, format, options.language ?? output.language);
    if (options.output === undefined) {
      output.result(dossier, [text.trimEnd()]);
      return;
    }
    await writePrivateFile(options.output, text);
    const { counts, asOf } = dossier;
    const told = output.words({
      fr: `Dossier écrit (consentements : ${String(counts.consents)} ; messages : ${String(counts.messages)}).`,
      en: `Dossier written (consents: ${String(counts.consents)}, messages: ${String(counts.messages)}).`,
    });
    output.result({ output: options.output, format, asOf, counts }, [told]);
  });
};

const dossierOf = async (
  engines: Engines,
  { account, id }: FoundRecipient,
  upTo: Position,
): Promise<DossierAnswer> => {
  const { ledger, readStore } = engines;
  const sources = { ledger, deliveries: readStore.model(deliveryQueue) };
  const scope = { accountId: account.id, recipientId: id, now: instantOf(Date.now()), upTo };
  const dossier = assembleDossier(await gatherMaterial(sources, scope));
  const position = await new AccountTokens(engines).sealPosition(account.id, upTo);
  return { ...dossier, position };
};

const textOf = (dossier: DossierAnswer, format: ProofFormat, language: ProofLanguage): string =>
  format === 'html'
    ? `${dossierPage(dossier, language).html}\n`
    : `${JSON.stringify(dossier, null, 2)}\n`;

const twoForms = (): BadUsage =>
  new BadUsage({
    fr: '--json répond par du JSON. Pour une page, omettez --json ou donnez --output.',
    en: '--json answers with JSON. For a page, leave it out or give --output.',
  });
