import type { Brand } from './brand.ts';

/** Crockford base32 in lower case, as in the TypeID specification. */
const SUFFIX = '[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}';

/** A typed identifier: a prefix and 128 bits as 26 base32 characters, `list_01jd…`. */
export type IdType<B extends string> = Readonly<{
  prefix: string;
  is: (text: string) => text is Brand<string, B>;
  /** Throws `TypeError` when the text is no id of this type. */
  parse: (text: string) => Brand<string, B>;
}>;

const idType = <B extends string>(prefix: string): IdType<B> => {
  const pattern = new RegExp(`^${prefix}_${SUFFIX}$`);
  const is = (text: string): text is Brand<string, B> => pattern.test(text);
  return {
    prefix,
    is,
    parse: (text) => {
      if (!is(text)) throw new TypeError(`Not an id of the form ${prefix}_….`);
      return text;
    },
  };
};

export type AccountId = Brand<string, 'AccountId'>;
export type ListId = Brand<string, 'ListId'>;
export type WordingId = Brand<string, 'WordingId'>;
export type FormId = Brand<string, 'FormId'>;
export type RecipientId = Brand<string, 'RecipientId'>;
export type NewsletterId = Brand<string, 'NewsletterId'>;
export type CampaignId = Brand<string, 'CampaignId'>;
export type ImportId = Brand<string, 'ImportId'>;
export type ReceiptId = Brand<string, 'ReceiptId'>;
export type ApiKeyId = Brand<string, 'ApiKeyId'>;

export const AccountId = idType<'AccountId'>('acc');
export const ListId = idType<'ListId'>('list');
export const WordingId = idType<'WordingId'>('wrd');
export const FormId = idType<'FormId'>('form');
export const RecipientId = idType<'RecipientId'>('rcp');
export const NewsletterId = idType<'NewsletterId'>('nl');
export const CampaignId = idType<'CampaignId'>('cmp');
export const ImportId = idType<'ImportId'>('imp');
export const ReceiptId = idType<'ReceiptId'>('rct');
export const ApiKeyId = idType<'ApiKeyId'>('key');
