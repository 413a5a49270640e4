export { decryptUnder, encryptUnder, KEY_ID_BYTES, PersonalDataDamaged } from './cipher.ts';
export {
  KeyringUnavailable,
  type AccountKeys,
  type DataKey,
  type Keyring,
  type Signer,
  type Subject,
  type VerifyingKey,
} from './port.ts';
export { recipientIdOf } from './recipient-id.ts';
export { openToken, sealToken } from './token.ts';
export { subjectSeal, type Sealed, type SubjectSeal } from './subject-seal.ts';
