import { domainToASCII } from 'node:url';
import type { ColumnPlan } from '#domain/import/column-plan';
import { judgeClaim } from '#domain/import/judge-claim';
import { RowReading, weightier, type Remark } from '#domain/import/read-row';
import type { Actor, ImportId, RecipientId, WordingShown } from '#domain/kernel/index';
import {
  parseAddress,
  recipientStream,
  type At,
  type Recipient,
  type RecipientCommand,
  type RecipientEvent,
  type RecipientRejection,
} from '#domain/recipient/index';
import type { CommandRequest } from '#libs/commands/index';
import { recipientIdOf } from '#libs/keyring/index';
import type { CommandContext } from '#libs/ledger/port';
import type { Row } from '#libs/tabular/index';
import {
  happenedAt,
  proofOfRow,
  rowCommand,
  type CheckedRow,
  type RowTerms,
} from './row-command.ts';
import { sensitiveIn, valuesIn } from './row-values.ts';

export type RowRequest = CommandRequest<
  RecipientCommand,
  Recipient,
  RecipientEvent,
  RecipientRejection
>;

/** A row that is ready to be carried out, or refused for what it holds. */
export type PreparedRow =
  | Readonly<{ number: number; recipientId: RecipientId | null; refusal: string }>
  | Readonly<{
      number: number;
      recipientId: RecipientId;
      refusal: undefined;
      request: RowRequest;
      remark: Remark | undefined;
    }>;

/** One file in the course of being imported. */
export type ImportRun = Readonly<{
  importId: ImportId;
  actor: Actor;
  correlationId: string;
  commandIdOf: (row: number) => string;
  plan: ColumnPlan;
  terms: RowTerms;
  wording: WordingShown | undefined;
}>;

/** Turns rows into commands. Makes no call and keeps nothing. */
export class RowPreparation {
  readonly #run: ImportRun;
  readonly #reading: RowReading;
  /** Mapped cells that anything can stand in. */
  readonly #freeTexts: readonly number[];

  constructor(run: ImportRun) {
    this.#run = run;
    this.#freeTexts = [run.plan.reason, ...run.plan.evidence.map(({ place }) => place)];
    this.#reading = new RowReading(run.terms.mapping, run.plan, run.terms.setting.terms.timeZone);
  }

  prepare({ number, cells, fault }: Row, at: At): PreparedRow {
    const { plan, terms } = this.#run;
    const refused = (refusal: string, recipientId: RecipientId | null = null): PreparedRow => ({
      number,
      recipientId,
      refusal,
    });
    if (fault !== undefined) return refused(fault);
    const row = this.#reading.read(cells, at);
    const address = parseAddress(row.email, domainToASCII);
    if (!address.ok) return refused(address.error.code);
    const { delivery, matching } = address.value;
    const recipientId = recipientIdOf(terms.setting.identityKey, matching);
    const sensitive =
      sensitiveIn(cells, plan.unmappedPlaces) ?? sensitiveIn(cells, this.#freeTexts);
    if (sensitive !== undefined) return refused(sensitive, recipientId);
    const values = valuesIn(cells, plan, terms.setting.fields);
    if (!values.ok) return refused(values.error, recipientId);
    const proof = proofOfRow(terms.proof, row.evidence);
    const claim = judgeClaim(terms.mapping.consent, row, proof.evidence);
    if (claim.kind === 'row-refused') return refused('evidence-missing', recipientId);
    const checked: CheckedRow = { row, delivery, values: values.value, proof, claim };
    const request = this.#request(number, recipientId, checked, at);
    const isUnproved = claim.kind === 'rejected' && claim.claim.code === 'evidence-missing';
    const remark = weightier(row.remark, isUnproved ? 'consent-evidence-missing' : undefined);
    return { number, recipientId, refusal: undefined, request, remark };
  }

  #request(number: number, key: RecipientId, checked: CheckedRow, at: At): RowRequest {
    const command = rowCommand(checked, this.#run.terms, this.#run, at);
    const context = this.#context(number, checked, at);
    return { definition: recipientStream, key, command, context };
  }

  #context(number: number, { row, claim }: CheckedRow, { now }: At): CommandContext {
    const { importId, actor, correlationId, commandIdOf, terms, wording } = this.#run;
    return {
      accountId: terms.setting.accountId,
      actor,
      channel: 'import',
      commandId: commandIdOf(number),
      correlationId,
      now,
      occurredAt: happenedAt(row, now),
      ...(wording !== undefined && claim.kind === 'granted' && { wording }),
      evidence: { importId, row: number },
    };
  }
}
