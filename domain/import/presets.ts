import type { ColumnTarget, ImportState } from './mapping.ts';

/** What is known of the export files of another platform. Column names are compared without regard to case. */
export type Preset = Readonly<{
  columns: Readonly<Record<string, ColumnTarget>>;
  /** Technical columns that say nothing about a person which the product keeps. */
  ignore: readonly string[];
  /** A column whose presence says what the people in the file are. */
  stateColumns: readonly (readonly [column: string, state: ImportState])[];
  /** What it can say in proof of an express consent; method and attestation are for the caller to give. */
  express: Readonly<{ dateColumns: readonly string[]; source: string; reference: string }>;
}>;

/**
 * The three files of a Mailchimp audience export: subscribed, unsubscribed and cleaned. `OPTIN_TIME` is when
 * the form was sent, `CONFIRM_TIME` when the confirmation link was followed. Times are in UTC.
 */
const MAILCHIMP: Preset = {
  columns: {
    'Email Address': 'email',
    'First Name': 'fields.firstName',
    'Last Name': 'fields.lastName',
    Language: 'language',
    Langue: 'language',
    OPTIN_TIME: 'subscribedAt',
    CC: 'country',
    REGION: 'region',
    UNSUB_TIME: 'unsubscribedAt',
    UNSUB_REASON: 'reason',
    CLEAN_TIME: 'invalidAt',
  },
  ignore: [
    'MEMBER_RATING',
    'OPTIN_IP',
    'CONFIRM_IP',
    'LATITUDE',
    'LONGITUDE',
    'GMTOFF',
    'DSTOFF',
    'TIMEZONE',
    'LAST_CHANGED',
    'LEID',
    'EUID',
    'UNSUB_CAMPAIGN_TITLE',
    'UNSUB_CAMPAIGN_ID',
    'CLEAN_CAMPAIGN_TITLE',
    'CLEAN_CAMPAIGN_ID',
  ],
  stateColumns: [
    ['UNSUB_TIME', 'unsubscribed'],
    ['CLEAN_TIME', 'invalid'],
  ],
  express: {
    dateColumns: ['CONFIRM_TIME', 'OPTIN_TIME'],
    source: 'Mailchimp',
    reference: 'Mailchimp sign-up: CONFIRM_TIME, OPTIN_TIME',
  },
};

const PRESETS: ReadonlyMap<string, Preset> = new Map([['mailchimp', MAILCHIMP]]);

export const presetNames: readonly string[] = [...PRESETS.keys()];
export const presetNamed = (name: string): Preset | undefined => PRESETS.get(name);
