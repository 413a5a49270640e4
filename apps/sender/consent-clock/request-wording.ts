import { createHash } from 'node:crypto';
import { consentRequestTerms } from '#domain/account/index';
import type { Texts, WordingShown } from '#domain/kernel/index';
import {
  createStandardRequest,
  STANDARD_REQUEST,
  standardRequestId,
  wordingStream,
} from '#domain/wording/index';
import { handle } from '#libs/commands/index';
import { canonicalJson, uuidV5 } from '#libs/ledger/index';
import { systemContext } from '../system-context.ts';
import type { Turn } from './turn.ts';

/** Namespace of the ids of these commands: an account's standard request is drawn up once. */
const DRAWING_UP = 'd3b0a7de-8f0f-5d6a-b6b5-0c8d7f7e9a13';

/** The words that an account asks by, and how they are named on record. */
export type RequestWording = Readonly<{ shown: WordingShown; texts: Texts }>;

type Asking = Pick<Turn, 'ledger' | 'accountId' | 'terms' | 'states' | 'now'>;

/**
 * The words that an account asks by, in their latest version; the product's standard request is drawn up as a
 * wording of the account where it has named none. Undefined when the one it named is not there.
 */
export const requestWording = async (asking: Asking): Promise<RequestWording | undefined> => {
  const { accountId, terms, states } = asking;
  const named = consentRequestTerms(terms).wordingId;
  const wordingId = named ?? standardRequestId(accountId);
  let { state } = await states.get(wordingStream, wordingId);
  if (state.status === 'none' && named === undefined) {
    await drawUp(asking);
    ({ state } = await states.get(wordingStream, wordingId));
  }
  if (state.status === 'none' || state.accountId !== accountId) return undefined;
  const { version, hash, texts } = state.latest;
  return { shown: { wordingId, version, hash }, texts };
};

const drawUp = async ({ ledger, accountId, now }: Asking): Promise<void> => {
  const hash = createHash('sha256').update(canonicalJson(STANDARD_REQUEST.texts)).digest('hex');
  const key = standardRequestId(accountId);
  await handle(ledger, {
    definition: wordingStream,
    key,
    command: createStandardRequest(accountId, hash),
    context: systemContext({
      accountId,
      correlationId: accountId,
      commandId: uuidV5(DRAWING_UP, key),
      now,
    }),
  });
};
