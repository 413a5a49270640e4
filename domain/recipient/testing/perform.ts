import type { RecipientCommand } from '../commands.ts';
import { recipientStream, type Recipient } from '../index.ts';

/** The state after a command that must succeed. */
export const perform = (state: Recipient, command: RecipientCommand): Recipient => {
  const decision = recipientStream.decide(command, state);
  if (!decision.ok) throw new Error(decision.error.code);
  return decision.value.reduce(recipientStream.evolve, state);
};
