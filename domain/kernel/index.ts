export type { Actor, Channel } from './actor.ts';
export { assertNever } from './assert-never.ts';
export type { Brand } from './brand.ts';
export {
  CivilDate,
  civilDateIn,
  earlierOf,
  isCivilDate,
  isTimeZone,
  laterOf,
  plusDays,
  plusMonths,
  startOfDay,
} from './civil-date.ts';
export { changesOf, distinct, isEmpty, sameJson } from './changes.ts';
export { Clear, clear, isShredded, SHREDDED, type Personal, type Shredded } from './clear.ts';
export { dayInWords } from './day-in-words.ts';
export { fold, type Decider } from './decider.ts';
export { eventCodec, type StoredForm, type StoredForms, type Upcast } from './event-codec.ts';
export type { AnyEvent, Event, PersonalEvent } from './event.ts';
export {
  AccountId,
  ApiKeyId,
  CampaignId,
  FormId,
  ImportId,
  ListId,
  NewsletterId,
  ReceiptId,
  RecipientId,
  WordingId,
  type IdType,
} from './ids.ts';
export { Instant, instantOf, millisecondsOf, plusMilliseconds } from './instant.ts';
export {
  bestLanguage,
  parseLanguage,
  primaryLanguage,
  type Bilingual,
  type Language,
} from './language.ts';
export { ok, refuse, type Result } from './result.ts';
export type { Refusal } from './refusal.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type { Evidence, Metadata, Position, Recorded, WordingShown } from './recorded.ts';
export {
  splitStreamName,
  UnknownEventType,
  type Codec,
  type EncodedEvent,
  type StreamDefinition,
} from './stream.ts';
export { textsFault, type Texts } from './texts.ts';
export { withoutAddresses } from './without-addresses.ts';
