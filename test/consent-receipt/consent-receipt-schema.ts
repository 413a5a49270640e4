import { RECEIPT_VERSION } from '#apps/api/recipients/receipt/receipt-document';
import { RECEIPT_SCHEMA } from '#apps/api/recipients/receipt/receipt-schema';

/** The published description of a consent receipt, as text. */
export const consentReceiptSchema = (): string => {
  const head = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:attesta:schema:${RECEIPT_VERSION}`,
    title: 'Consent receipt',
  };
  return `${JSON.stringify({ ...head, ...RECEIPT_SCHEMA }, null, 2)}\n`;
};
