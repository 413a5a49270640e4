import type { AccountId, Texts } from '#domain/kernel/index';

/** `hash` is the SHA-256 (hex) of the canonical JSON of `texts`; whoever issues the command computes it. */
export type CreateWording = Readonly<{
  type: 'CreateWording';
  accountId: AccountId;
  purpose: string;
  texts: Texts;
  hash: string;
}>;
export type AddWordingVersion = Readonly<{
  type: 'AddWordingVersion';
  texts: Texts;
  hash: string;
}>;
export type WordingCommand = CreateWording | AddWordingVersion;
