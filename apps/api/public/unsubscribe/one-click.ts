import { instantOf } from '#domain/kernel/index';
import type { Unsubscribe } from '#domain/recipient/index';
import type { PostedForm } from '../http/posted-form.ts';
import type { ActingPerson } from '../people/acting-person.ts';
import { evidenceOf } from '../people/acting-person.ts';
import type { Links } from '../people/links.ts';
import type { Visitors } from '../people/visitors.ts';

/** Tells mail providers' one-click from somebody who presses a button. Source: RFC 8058 s. 3.1. */
export const isOneClick = (form: PostedForm): boolean =>
  form.text('List-Unsubscribe')?.toLowerCase() === 'one-click';

/** The whole answer, for tokens that exist and tokens that do not (M-09, M-13). */
export const ONE_CLICK_ANSWER =
  'Your request to unsubscribe is recorded.\nVotre demande de désabonnement est enregistrée.\n';

/** Leaves the lists that a message was sent to, for whoever holds its token (M-09, M-10, UNS-2). */
export class OneClick {
  readonly #links: Links;
  readonly #visitors: Visitors;
  readonly #acting: ActingPerson;

  constructor(links: Links, visitors: Visitors, acting: ActingPerson) {
    this.#links = links;
    this.#visitors = visitors;
    this.#acting = acting;
  }

  /** Nothing for a token that we did not make. Done twice is done once. Works for the erased too (C-24). */
  async carryOut(token: string, correlationId: string): Promise<void> {
    const link = this.#links.open('unsubscribe', token);
    if (link === undefined) return;
    const lists = await this.#visitors.messageLists(link);
    const at = await this.#acting.at(link.accountId);
    const command: Unsubscribe = {
      type: 'Unsubscribe',
      ...at,
      scope: lists.length === 0 ? 'all' : lists,
      since: instantOf(this.#acting.now()),
    };
    const done = await this.#acting.run(link, command, {
      channel: 'one-click',
      correlationId,
      evidence: evidenceOf(link),
    });
    if (!done.ok) throw new Error('An unsubscription was refused.');
  }
}
