import { ListId } from '#domain/kernel/index';
import type { RecipientCommand } from '#domain/recipient/index';
import type { PostedForm } from '../http/posted-form.ts';
import type { ActingPerson } from '../people/acting-person.ts';
import { evidenceOf } from '../people/acting-person.ts';
import type { Visitor } from '../people/visitors.ts';
import type { UnsubscribeDone } from './unsubscribe-page.ts';

export type Choice =
  Readonly<{ kind: 'all' }> | Readonly<{ kind: 'leave' | 'join'; listIds: readonly ListId[] }>;

/** What the person pressed; undefined for what no button of ours sends. */
export const choiceOf = (form: PostedForm): Choice | undefined => {
  const kind = form.text('choice');
  if (kind === 'all') return { kind };
  if (kind !== 'leave' && kind !== 'join') return undefined;
  const listIds = form.all('lists[]').filter((id) => ListId.is(id));
  return listIds.length === 0 ? undefined : { kind, listIds };
};

/** Carries out one choice: final, in one action, at once (C-25). */
export const carryOut = async (
  acting: ActingPerson,
  { link, recipient }: Visitor,
  choice: Choice,
  correlationId: string,
): Promise<UnsubscribeDone> => {
  const at = await acting.at(link.accountId);
  const run = (command: RecipientCommand) =>
    acting.run(link, command, {
      channel: 'newsletter-link',
      correlationId,
      evidence: evidenceOf(link),
    });
  if (choice.kind === 'join') {
    // Whoever left everything comes back by a form or their preferences, which ask for consent anew (C-27).
    if (recipient.unsubscribed !== undefined || recipient.complained !== undefined)
      return 'not-joined';
    const { listIds } = choice;
    const joined = await run({ type: 'JoinLists', via: 'person', ...at, listIds });
    return joined.ok ? 'joined' : 'not-joined';
  }
  const scope = choice.kind === 'all' ? 'all' : choice.listIds;
  const left = await run({ type: 'Unsubscribe', ...at, scope, since: at.now });
  if (!left.ok) throw new Error('An unsubscription was refused.');
  return choice.kind === 'all' ? 'left-all' : 'left-lists';
};
