import type { Instant } from '#domain/kernel/index';
import { linkAddress, sealLink, type PublicLink } from '#libs/public-links/index';

/** Addresses of one message, each with a token of its own. */
export type MessageLinks = Readonly<{
  unsubscribe: string;
  preferences: string;
  viewInBrowser: string;
  consent: string;
  confirm: string;
}>;

export type LinkMaker = (
  about: Omit<PublicLink, 'kind' | 'issued'>,
  issued: Instant,
) => MessageLinks;

/** Makes the links of messages. `key` is `keyring.tokenKey()`. */
export const linkMaker =
  (publicUrl: string, key: Uint8Array): LinkMaker =>
  (about, issued) => {
    const address = (kind: PublicLink['kind']): string =>
      linkAddress(publicUrl, kind, sealLink(key, { ...about, kind, issued }));
    return {
      unsubscribe: address('unsubscribe'),
      preferences: address('preferences'),
      viewInBrowser: address('view'),
      consent: address('consent'),
      confirm: address('confirm'),
    };
  };
