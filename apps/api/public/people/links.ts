import type { Keyring } from '#libs/keyring/index';
import { openLink, sealLink, type LinkKind, type PublicLink } from '#libs/public-links/index';
import type { PublicUrl } from '../../public-url.ts';

const PATHS = { unsubscribe: '/u/', preferences: '/p/', view: '/v/' } as const;

/** Opens tokens, and makes those that lead from one page of a person to another. */
export class Links {
  readonly #keyring: Pick<Keyring, 'tokenKey'>;
  readonly #url: PublicUrl;

  constructor(keyring: Pick<Keyring, 'tokenKey'>, url: PublicUrl) {
    this.#keyring = keyring;
    this.#url = url;
  }

  /** Undefined for a token that we did not make for this purpose. */
  open(kind: LinkKind, token: string): PublicLink | undefined {
    return openLink(this.#keyring.tokenKey(), kind, token);
  }

  /** Path of another page of the same person, about the same message. */
  path(kind: keyof typeof PATHS, link: PublicLink): string {
    return this.#url.path(PATHS[kind] + this.#token(kind, link));
  }

  /** Whole address, for what is shown outside our own pages. */
  address(kind: LinkKind, link: PublicLink): string {
    const path = kind === 'consent' || kind === 'confirm' ? `/${kind}/` : PATHS[kind];
    return this.#url.of(path + this.#token(kind, link));
  }

  #token(kind: LinkKind, link: PublicLink): string {
    return sealLink(this.#keyring.tokenKey(), { ...link, kind });
  }
}
