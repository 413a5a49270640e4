import { domainToASCII } from 'node:url';
import { clear, parseLanguage, type Language, type ListId } from '#domain/kernel/index';
import { isJurisdiction } from '#domain/import/jurisdiction';
import { parseAddress, type Subscribe } from '#domain/recipient/index';
import { recipientIdOf } from '#libs/keyring/index';
import { accountNamed, type OpenAccount } from '../accounts.ts';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { listOf } from '../lists.ts';
import { BadUsage } from '../refusal.ts';
import { consentOption } from './consent-option.ts';
import { byStaff, clockOf } from './staff-command.ts';

export type SubscribeOptions = Readonly<{
  account: string;
  list?: readonly string[];
  language?: string;
  jurisdiction?: string;
  consent?: string;
}>;

/** Subscribes one person by hand; suppression beats it as it beats an import (UNS-5, C-27). */
export const subscribeRecipient = async (
  email: string,
  options: SubscribeOptions,
  { config, output }: Invocation,
): Promise<void> => {
  const address = parseAddress(email, domainToASCII);
  if (!address.ok) throw notAnAddress();
  const { delivery, matching } = address.value;
  await onDataDirectory(config, async (engines) => {
    const { ledger, keyring } = engines;
    const account = await accountNamed(ledger, options.account);
    const given =
      options.consent === undefined
        ? undefined
        : await consentOption(options.consent, ledger, account);
    const listIds: ListId[] = [];
    for (const text of options.list ?? []) listIds.push(await listOf(ledger, account, text));
    const { identity } = await keyring.accountKeys(account.id);
    const command = commandOf(clear(delivery), listIds, options, account);
    const whole = given === undefined ? command : { ...command, consent: given.consent };
    const id = recipientIdOf(identity, matching);
    await byStaff(engines, account, { id, command: whole, ...given }, output);
  });
};

const commandOf = (
  address: Subscribe['address'],
  listIds: readonly ListId[],
  options: SubscribeOptions,
  account: OpenAccount,
): Subscribe => {
  const { terms } = account.state;
  const at = clockOf(account);
  const language = languageNamed(options.language);
  const jurisdiction = jurisdictionNamed(options.jurisdiction);
  const [defaultLanguage] = terms.languages;
  if (defaultLanguage === undefined) throw new Error('An account has at least one language.');
  return {
    type: 'Subscribe',
    via: 'client',
    ...at,
    address,
    ...(language !== undefined && { language }),
    defaultLanguage,
    fields: clear({}),
    listIds,
    optIn: 'single',
    ...(jurisdiction !== undefined && { jurisdiction }),
    organisationType: terms.organisationType,
    since: at.now,
  };
};

const languageNamed = (text: string | undefined): Language | undefined => {
  if (text === undefined) return undefined;
  const language = parseLanguage(text);
  if (language !== undefined) return language;
  throw new BadUsage({
    fr: '--language attend une langue telle que fr ou en-CA.',
    en: '--language takes a language such as fr or en-CA.',
  });
};

const jurisdictionNamed = (text: string | undefined): string | undefined => {
  if (text === undefined || isJurisdiction(text)) return text;
  throw new BadUsage({
    fr: '--jurisdiction attend un code ISO 3166 tel que CA-QC ou FR.',
    en: '--jurisdiction takes an ISO 3166 code such as CA-QC or FR.',
  });
};

const notAnAddress = (): BadUsage =>
  new BadUsage({
    fr: 'Donnez une adresse de courriel de la forme nom@domaine.exemple.',
    en: 'Give an e-mail address of the form name@domain.example.',
  });
