import { accountStream, type AccountEvent, type AccountTerms } from '#domain/account/index';
import { maySend, type MessageScope } from '#domain/consent/index';
import type { Position, Recorded } from '#domain/kernel/index';
import type { DeliveryAttempted } from '#domain/delivery/index';
import { recipientStream, type Recipient, type RecipientEvent } from '#domain/recipient/index';
import { explained } from '../../explain/explained.ts';
import type { DossierGateAnswer } from '../dto/message-entry.dto.ts';
import type { Material } from '../material.ts';

/**
 * Decides each message anew on what the ledger held right before its claim, and compares: what the sender
 * recorded is the proof, and this tells the reasons and the events that they rest on.
 */
export class GateReview {
  readonly #history: Material['history'];
  readonly #account: readonly Recorded<AccountEvent>[];
  /** States of the person: the one at `n` is after `n` events. */
  readonly #states: readonly Recipient[];

  constructor({ history, account }: Pick<Material, 'history' | 'account'>) {
    this.#history = history;
    this.#account = account;
    this.#states = statesOf(history);
  }

  of(claim: Recorded<DeliveryAttempted>, scope: MessageScope): DossierGateAnswer {
    const { basis, lastDay, at } = claim.event.data;
    const known = this.#history.filter(({ position }) => position < claim.position);
    const recipient = this.#states[known.length] ?? recipientStream.initialState;
    const terms = this.#termsBefore(claim.position);
    const decision = terms === undefined ? undefined : maySend(recipient, terms, scope, at);
    return {
      allow: true,
      basis,
      ...(lastDay !== undefined && { lastDay }),
      eventId: claim.id,
      decidedAt: at,
      reasons: decision === undefined ? [] : explained(decision, known).reasons,
      confirmed:
        decision?.allow === true && decision.basis === basis && decision.lastDay === lastDay,
    };
  }

  #termsBefore(position: Position): AccountTerms | undefined {
    let account = accountStream.initialState;
    for (const recorded of this.#account) {
      if (recorded.position < position) account = accountStream.evolve(account, recorded.event);
    }
    return account.status === 'none' ? undefined : account.terms;
  }
}

/** The state before the first event, and after each. */
export const statesOf = (history: readonly Recorded<RecipientEvent>[]): readonly Recipient[] => {
  const states = [recipientStream.initialState];
  let state = recipientStream.initialState;
  for (const { event } of history) {
    state = recipientStream.evolve(state, event);
    states.push(state);
  }
  return states;
};
