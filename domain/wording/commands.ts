import type { AccountId, Texts } from '#domain/kernel/index';
import type { Purpose } from './events.ts';

/** `hash` is the SHA-256 (hex) of the canonical JSON of `texts`; whoever issues the command computes it. */
export type CreateWording = Readonly<{
  type: 'CreateWording';
  accountId: AccountId;
  purpose: Purpose;
  texts: Texts;
  hash: string;
}>;
export type AddWordingVersion = Readonly<{
  type: 'AddWordingVersion';
  texts: Texts;
  hash: string;
}>;
export type WordingCommand = CreateWording | AddWordingVersion;
