import type { ProofFormat, ProofLanguage } from '#apps/api/recipients/proof/proof-forms';
import { issueReceipt } from '#apps/api/recipients/receipt/issue-receipt';
import { receiptPage } from '#apps/api/recipients/receipt/page/receipt-page';
import type { SignedReceipt } from '#apps/api/recipients/receipt/receipt-document';
import { receiptKeysUrl } from '#apps/api/recipients/receipt/receipt-keys';
import { receiptText } from '#apps/api/recipients/receipt/signed-receipt';
import { fold, instantOf } from '#domain/kernel/index';
import { isForgotten, recipientStream } from '#domain/recipient/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { writePrivateFile } from '../private-file.ts';
import { CommandRefused } from '../refusal.ts';
import { recipientNamed, type FoundRecipient } from './find-recipient.ts';

export type ReceiptOptions = Readonly<{
  account: string;
  format?: ProofFormat;
  language?: ProofLanguage;
  output?: string;
}>;

/** The consent receipt of a person, to be kept as it comes (CON-7): on standard output, or in a file. */
export const recipientReceipt = async (
  who: string,
  options: ReceiptOptions,
  { config, output }: Invocation,
): Promise<void> => {
  await onDataDirectory(config, async ({ ledger, keyring }) => {
    const found = await recipientNamed({ ledger, keyring }, who, options.account);
    refuseWithoutPerson(found);
    const { account, id, history } = found;
    const keysUrlOf = receiptKeysUrl(config.publicUrl);
    const receipt = await issueReceipt(
      { ledger, keyring, keysUrlOf },
      { accountId: account.id, id, history, clock: () => instantOf(Date.now()) },
    );
    const text = textOf(receipt, options.language ?? output.language, options.format);
    if (options.output === undefined) {
      output.document(text);
      return;
    }
    await writePrivateFile(options.output, text);
    const { receipt_id: receiptId, issued_at: issuedAt } = receipt;
    const told = output.words({
      fr: `Reçu écrit : ${receiptId}`,
      en: `Receipt written: ${receiptId}`,
    });
    output.result({ output: options.output, receiptId, issuedAt }, [told]);
  });
};

const refuseWithoutPerson = ({ history }: FoundRecipient): void => {
  const events = history.map(({ event }) => event);
  const state = fold(recipientStream, events);
  if (state.erased !== undefined) {
    throw new CommandRefused('erased', {
      fr: 'La personne a été effacée : il n’y a plus personne à qui donner un reçu.',
      en: 'The person was erased: nobody is left to give a receipt to.',
    });
  }
  if (isForgotten(state)) {
    throw new CommandRefused('unknown-recipient', {
      fr: 'Ce compte ne connaît plus cette personne : l’importation qui l’avait amenée a été annulée.',
      en: 'This account knows that person no more: the import that brought them in was undone.',
    });
  }
};

/** The signed file, or a page to be read with that file in it. */
const textOf = (
  receipt: SignedReceipt,
  language: NonNullable<ReceiptOptions['language']>,
  format: ReceiptOptions['format'] = 'json',
): string => (format === 'html' ? receiptPage(receipt, language).html : receiptText(receipt));
