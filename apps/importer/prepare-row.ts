import { domainToASCII } from 'node:url';
import type { ColumnPlan } from '#domain/import/column-plan';
import { judgeClaim } from '#domain/import/judge-claim';
import { RowReading, weightier, type Remark } from '#domain/import/read-row';
import {
  ok,
  refuse,
  type Actor,
  type ImportId,
  type RecipientId,
  type Result,
  type WordingShown,
} from '#domain/kernel/index';
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

/** A row and whom it is about. It is all that is kept of a row until its turn comes. */
export type NamedRow = Readonly<{
  number: number;
  recipientId: RecipientId;
  /** The address as mail is sent to it. */
  delivery: string;
  cells: readonly string[];
}>;
/** A row that names nobody. */
export type NamelessRow = Readonly<{ number: number; recipientId: null; refusal: string }>;

/** What a row asks for, or the code of what is wrong with it. */
export type PreparedRow = Result<
  Readonly<{ request: RowRequest; remark: Remark | undefined }>,
  Readonly<{ code: string }>
>;

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

  name({ number, cells, fault }: Row): NamedRow | NamelessRow {
    const { plan, terms } = this.#run;
    if (fault !== undefined) return { number, recipientId: null, refusal: fault };
    const address = parseAddress(cells[plan.email] ?? '', domainToASCII);
    if (!address.ok) return { number, recipientId: null, refusal: address.error.code };
    const { delivery, matching } = address.value;
    return {
      number,
      recipientId: recipientIdOf(terms.setting.identityKey, matching),
      delivery,
      cells,
    };
  }

  prepare({ number, recipientId, delivery, cells }: NamedRow, at: At): PreparedRow {
    const { plan, terms } = this.#run;
    const row = this.#reading.read(cells, at);
    const sensitive =
      sensitiveIn(cells, plan.unmappedPlaces) ?? sensitiveIn(cells, this.#freeTexts);
    if (sensitive !== undefined) return refuse({ code: sensitive });
    const values = valuesIn(cells, plan, terms.setting.fields);
    if (!values.ok) return refuse({ code: values.error });
    const proof = proofOfRow(terms.proof, row.evidence);
    const claim = judgeClaim(terms.mapping.consent, row, proof.evidence);
    if (claim.kind === 'row-refused') return refuse({ code: 'evidence-missing' });
    const checked: CheckedRow = { row, delivery, values: values.value, proof, claim };
    const request = this.#request(number, recipientId, checked, at);
    const isUnproved = claim.kind === 'rejected' && claim.claim.code === 'evidence-missing';
    const remark = weightier(row.remark, isUnproved ? 'consent-evidence-missing' : undefined);
    return ok({ request, remark });
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
