import type { PrivacyBasisKind } from '#domain/consent/index';
import { clear, isShredded, type Clear, type Instant, type Language } from '#domain/kernel/index';
import type { FieldValue, RecipientEvent } from '../events.ts';
import type { Recipient } from '../state.ts';

/** The values that differ from what is on record; null where one is to be removed. */
const differing = (
  recipient: Recipient,
  wanted: Clear<Readonly<Record<string, FieldValue | null>>>,
): Readonly<Record<string, FieldValue | null>> => {
  const current = isShredded(recipient.fields) ? {} : recipient.fields.reveal();
  return Object.fromEntries(
    Object.entries(wanted.reveal()).filter(
      ([key, value]) => (Object.hasOwn(current, key) ? current[key] : null) !== value,
    ),
  );
};

export const profileChanges = (
  recipient: Recipient,
  fields: Clear<Readonly<Record<string, FieldValue | null>>>,
  jurisdiction: string | undefined,
  at: Instant,
): readonly RecipientEvent[] => {
  const changes = differing(recipient, fields);
  const keys = Object.keys(changes).sort();
  const moved = jurisdiction !== undefined && jurisdiction !== recipient.jurisdiction;
  if (keys.length === 0 && !moved) return [];
  const data = { keys, ...(moved ? { jurisdiction } : {}), at };
  return [{ type: 'ProfileChanged', data, personal: clear({ fields: changes }) }];
};

export const languageChange = (
  recipient: Recipient,
  language: Language | undefined,
  at: Instant,
): readonly RecipientEvent[] =>
  language === undefined || language === recipient.language
    ? []
    : [{ type: 'LanguageChanged', data: { language, previous: recipient.language, at } }];

export const privacyBasisChange = (
  recipient: Recipient,
  kind: PrivacyBasisKind | undefined,
  at: Instant,
): readonly RecipientEvent[] =>
  kind === undefined || kind === recipient.privacyBasis?.kind
    ? []
    : [{ type: 'PrivacyBasisRecorded', data: { kind, at } }];
