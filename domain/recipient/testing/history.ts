import {
  AccountId,
  Instant,
  type Metadata,
  type Position,
  type Recorded,
} from '#domain/kernel/index';
import type { RecipientCommand } from '../commands.ts';
import type { RecipientEvent } from '../events.ts';
import { recipientStream, type Recipient } from '../index.ts';

const METADATA: Metadata = {
  accountId: AccountId.parse('acc_01jd0000000000000000000001'),
  actor: { kind: 'api-client', id: 'key_spec' },
  channel: 'api',
  occurredAt: Instant('2026-01-01T12:00:00.000Z'),
  recordedAt: Instant('2026-01-01T12:00:00.000Z'),
  correlationId: 'c',
  causationId: 'c',
};

/** A recipient's stream as the ledger would give it back: who did what is in the metadata. */
export class History {
  readonly recorded: Recorded<RecipientEvent>[] = [];
  state: Recipient = recipientStream.initialState;

  record(event: RecipientEvent, metadata: Partial<Metadata> = {}): void {
    const revision = this.recorded.length;
    this.recorded.push({
      event,
      id: `event-${String(revision)}`,
      stream: 'recipient-rcp_01jd0000000000000000000001',
      revision,
      position: String(revision) as Position,
      metadata: { ...METADATA, ...metadata },
    });
    this.state = recipientStream.evolve(this.state, event);
  }

  /** Carries a command out; a refused one changes nothing. */
  perform(command: RecipientCommand, metadata: Partial<Metadata> = {}): void {
    const decision = recipientStream.decide(command, this.state);
    const importId = 'statedBy' in command ? command.statedBy : undefined;
    const evidence = importId === undefined ? {} : { evidence: { importId } };
    for (const event of decision.ok ? decision.value : []) {
      this.record(event, { ...evidence, ...metadata });
    }
  }
}
