export {
  checkDetached,
  signDetached,
  type SignatureFault,
  type SigningParty,
} from './detached-signature.ts';
export { jwkOf, keyIdOf, pemOf, type PublicJwk } from './public-key-forms.ts';
export { readPublicKeys } from './read-public-keys.ts';
