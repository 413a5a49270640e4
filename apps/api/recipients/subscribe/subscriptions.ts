import { domainToASCII } from 'node:url';
import { clear, parseLanguage, type Language, type RecipientId } from '#domain/kernel/index';
import { parseAddress, type Subscribe } from '#domain/recipient/index';
import type { Caller } from '../../http/caller.ts';
import { problem } from '../../http/problem.ts';
import type { References } from '../../references.ts';
import type { RunOptions } from '../../streams.ts';
import { besideConsent } from '../beside-consent.ts';
import { grantWithProof, remarksOn } from '../consent.dto.ts';
import type { Profiles } from '../profile.ts';
import type { RemarkAnswer } from '../recipient.dto.ts';
import type { Recipients } from '../recipients.ts';
import type { SubscribeDto } from './subscribe.dto.ts';

/** A body turned into a command to the stream of the person whom the address means. */
export type Subscription = Readonly<{
  id: RecipientId;
  command: Subscribe;
  options: RunOptions;
  remarks: readonly RemarkAnswer[];
}>;

const FALLBACK = 'en' as Language;

/** Makes commands from what clients send about people. */
export class Subscriptions {
  readonly #recipients: Recipients;
  readonly #references: References;
  readonly #profiles: Profiles;

  constructor(recipients: Recipients, references: References, profiles: Profiles) {
    this.#recipients = recipients;
    this.#references = references;
    this.#profiles = profiles;
  }

  /** Throws problems: `invalid-request`, `unknown-list`, `unknown-wording`. */
  async from(body: SubscribeDto, caller: Caller): Promise<Subscription> {
    const { accountId } = caller;
    const address = addressOf(body.email);
    const { terms, at } = await this.#recipients.setting(accountId);
    await this.#references.lists(accountId, body.listIds ?? []);
    const fields = await this.#profiles.checked(accountId, body.fields);
    const language = body.language === undefined ? undefined : parseLanguage(body.language);
    const command: Subscribe = {
      type: 'Subscribe',
      via: 'client',
      ...at,
      address: clear(address.delivery),
      ...(language !== undefined && { language }),
      defaultLanguage: terms.languages[0] ?? FALLBACK,
      fields,
      listIds: body.listIds ?? [],
      optIn: 'single',
      ...(body.jurisdiction !== undefined && { jurisdiction: body.jurisdiction }),
      ...(body.privacyBasis !== undefined && { privacyBasis: body.privacyBasis.kind }),
      ...(body.consent !== undefined && {
        consent: grantWithProof(body.consent, terms.organisationType, 'consent.'),
      }),
      organisationType: terms.organisationType,
      since: at.now,
    };
    const id = await this.#recipients.idOf(accountId, address.matching);
    const remarks = remarksOn(body.consent, 'consent.');
    const { consent } = body;
    const options =
      consent === undefined
        ? {}
        : await besideConsent(this.#references, accountId, consent, 'consent.');
    return { id, command, options, remarks };
  }
}

export const addressOf = (raw: string): { delivery: string; matching: string } => {
  const address = parseAddress(raw, domainToASCII);
  if (address.ok) return address.value;
  const { code, message } = address.error;
  throw problem('invalid-request', message, { errors: [{ path: 'email', code, message }] });
};
