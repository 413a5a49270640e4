import { ConsentDto, evidenceOf, grantWithProof } from '#apps/api/recipients/consent.dto';
import { Problem, type Fault } from '#apps/api/http/problem';
import { checked } from '#apps/api/http/validation.pipe';
import { IMPLIED_BASES } from '#domain/consent/index';
import { fold, type Evidence, type WordingShown } from '#domain/kernel/index';
import type { GrantWithProof } from '#domain/recipient/index';
import { wordingStream } from '#domain/wording/index';
import type { Ledger } from '#libs/ledger/index';
import type { OpenAccount } from '../accounts.ts';
import { BadUsage, CommandRefused } from '../refusal.ts';

/** A permission as the API takes it, with what stands beside its event. */
export type ConsentGiven = Readonly<{
  consent: GrantWithProof;
  evidence: Evidence;
  wording: WordingShown | undefined;
}>;

/**
 * `--consent`: JSON with the names that the API has. Throws `BadUsage` for what is none, and `CommandRefused`
 * with every fault at once; neither repeats a value.
 */
export const consentOption = async (
  text: string,
  ledger: Ledger,
  account: OpenAccount,
): Promise<ConsentGiven> => {
  const dto = dtoFrom(text);
  try {
    const consent = grantWithProof(dto, account.state.terms.organisationType);
    return { consent, evidence: evidenceOf(dto), wording: await wordingOf(dto, ledger, account) };
  } catch (error) {
    throw told(error);
  }
};

const dtoFrom = (text: string): ConsentDto => {
  const value = jsonOf(text);
  try {
    return checked(ConsentDto, value) as ConsentDto;
  } catch (error) {
    throw told(error);
  }
};

const notJson = (): BadUsage =>
  new BadUsage({
    fr: '--consent attend du JSON, par exemple {"kind":"implied","basis":"purchase","date":"2026-03-31","evidence":{"reference":"F-12"}}.',
    en: '--consent takes JSON, such as {"kind":"implied","basis":"purchase","date":"2026-03-31","evidence":{"reference":"F-12"}}.',
  });

const jsonOf = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw notJson();
};

/** Faults of form, in French; what is not here is told in English. */
const FAULTS: Readonly<Record<string, string>> = {
  missing: 'manque',
  'unknown-field': 'n’est pas un champ de la demande',
  'not-a-choice': 'n’est pas un des choix permis',
  'too-short': 'est trop court',
  'too-long': 'est trop long',
  'unknown-basis': `n’est pas un fondement de la loi ; indiquez-en un : ${IMPLIED_BASES.join(', ')} (C-05)`,
  'label-without-basis':
    'une étiquette n’est pas un fondement de la loi : indiquez celui qui vaut pour la personne (C-05)',
  'label-not-available':
    'la loi n’ouvre à une organisation de ce type aucun fondement pour ces personnes : demandez un consentement exprès (C-06)',
};
const inFrench = ({ code, message }: Fault): string => FAULTS[code] ?? message;

const told = (error: unknown): unknown => {
  if (!(error instanceof Problem)) return error;
  const list = (space: string, say: (fault: Fault) => string): string =>
    error.errors.map((fault) => `\n  ${fault.path}${space}: ${say(fault)}`).join('');
  return new CommandRefused(error.code, {
    fr: `Le consentement ne convient pas :${list(' ', inFrench)}`,
    en: `The consent cannot be used:${list('', ({ message }) => message)}`,
  });
};

const wordingOf = async (
  { wordingId }: ConsentDto,
  ledger: Ledger,
  account: OpenAccount,
): Promise<WordingShown | undefined> => {
  if (wordingId === undefined) return undefined;
  const history = await ledger.read(wordingStream, wordingId);
  const events = history.map(({ event }) => event);
  const wording = fold(wordingStream, events);
  if (wording.status === 'none' || wording.accountId !== account.id) {
    throw new CommandRefused('unknown-wording', {
      fr: 'Ce compte n’a pas de tel texte de consentement.',
      en: 'This account has no such wording.',
    });
  }
  const { version, hash } = wording.latest;
  return { wordingId, version, hash };
};
