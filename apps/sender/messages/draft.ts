import type { CivilDate, Language, Texts } from '#domain/kernel/index';
import type { Delivery } from '#domain/delivery/index';
import type { Recipient } from '#domain/recipient/index';
import type { MessageHead, TemplateValues } from '#libs/rendering/index';
import type { HashedContent } from './content-compiler.ts';
import type { ReturnAddress } from './headers.ts';
import type { MessageLinks } from './links.ts';
import type { Materials, SendingParty } from './materials.ts';

/** What a kind of message is made of, before it is rendered. */
export type Draft = Readonly<{
  language: Language;
  content: HashedContent;
  values: TemplateValues;
  headers: MessageHead['extra'];
  /** False for the one mail that nobody can unsubscribe from: the question whether they want any. */
  isUnsubscribable: boolean;
}>;

/** What a newsletter asks somebody whose implied consent comes to its end (CON-4). */
export type RequestToAsk = Readonly<{ lastDay: CivilDate; wording: Readonly<{ texts: Texts }> }>;

/** Everything that a draft may draw on. */
export type DraftParts = Readonly<{
  delivery: Delivery;
  recipient: Recipient;
  address: string;
  party: SendingParty;
  materials: Materials;
  links: MessageLinks;
  returnAddress: ReturnAddress | undefined;
  request: RequestToAsk | undefined;
}>;
