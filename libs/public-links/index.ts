export { linkAddress } from './link-address.ts';
export { openMailAddress, sealMailAddress, type MailPurpose } from './mail-address.ts';
export { LINK_KINDS, openLink, sealLink, type LinkKind, type PublicLink } from './public-link.ts';
