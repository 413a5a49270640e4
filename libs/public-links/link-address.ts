import type { LinkKind } from './public-link.ts';

const PATHS: Readonly<Record<LinkKind, string>> = {
  unsubscribe: '/u/',
  preferences: '/p/',
  view: '/v/',
  consent: '/consent/',
  confirm: '/confirm/',
};

/** The address that a token is opened at. `publicUrl` is `ATTESTA_PUBLIC_URL`, with or without a slash at its end. */
export const linkAddress = (publicUrl: string, kind: LinkKind, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}${PATHS[kind]}${token}`;
