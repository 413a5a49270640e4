import { instantOf, RecipientId, type Position } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { NOTHING_PERSONAL } from '#libs/ledger/index';
import { deliveryQueue } from '#projections/delivery-queue/index';
import type { Caller } from '../../http/caller.ts';
import { unknown } from '../../http/problem.ts';
import type { AccountTokens } from '../../http/tokens/account-tokens.ts';
import type { ReadModels } from '../../reading/read-models.ts';
import type { Streams } from '../../streams.ts';
import { assembleDossier } from './assemble-dossier.ts';
import type { DossierAnswer } from './dto/dossier.dto.ts';
import { gatherMaterial } from './gather-material.ts';

/** A dossier and the position that it is complete up to, for `X-Position`. */
export type Prepared = Readonly<{ dossier: DossierAnswer; position: Position }>;

/** Dossiers of the caller's own recipients, complete up to the moment at which they are asked for. */
export class Dossiers {
  readonly #streams: Streams;
  readonly #models: ReadModels;
  readonly #tokens: AccountTokens;

  constructor(streams: Streams, models: ReadModels, tokens: AccountTokens) {
    this.#streams = streams;
    this.#models = models;
    this.#tokens = tokens;
  }

  /** Throws the problems `not-found`, and `projection-behind` while deliveries are not known up to now. */
  async of(id: string, { accountId }: Caller): Promise<Prepared> {
    const { ledger } = this.#streams;
    if (!RecipientId.is(id)) throw unknown('recipient');
    const [first] = await ledger.read(recipientStream, id, { limit: 1, ...NOTHING_PERSONAL });
    if (first?.metadata.accountId !== accountId) throw unknown('recipient');
    const upTo = (await ledger.head()) ?? first.position;
    const deliveries = await this.#models.seen(deliveryQueue, upTo);
    const now = instantOf(this.#streams.now());
    const scope = { accountId, recipientId: id, now, upTo };
    const dossier = assembleDossier(await gatherMaterial({ ledger, deliveries }, scope));
    const position = await this.#tokens.sealPosition(accountId, upTo);
    return { dossier: { ...dossier, position }, position: upTo };
  }
}
