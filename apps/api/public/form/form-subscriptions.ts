import type { EvidenceKey } from '#domain/consent/index';
import { clear, type WordingShown } from '#domain/kernel/index';
import type { Subscribe } from '#domain/recipient/index';
import type { PublicUrl } from '../../public-url.ts';
import type { ConsentStatements } from '../../statements/consent-statements.ts';
import { wordingShownBy } from '../../statements/shown-statement.ts';
import type { Recipients } from '../../recipients/recipients.ts';
import type { ActingPerson } from '../people/acting-person.ts';
import { submissionCommand } from '../people/submission-command.ts';
import type { CheckedSubmission } from './check-submission.ts';
import type { OpenForm } from './open-forms.ts';

/** Carries out what people ask for on forms. */
export class FormSubscriptions {
  readonly #acting: ActingPerson;
  readonly #recipients: Recipients;
  readonly #statements: ConsentStatements;
  readonly #url: PublicUrl;

  constructor(
    acting: ActingPerson,
    recipients: Recipients,
    statements: ConsentStatements,
    url: PublicUrl,
  ) {
    this.#acting = acting;
    this.#recipients = recipients;
    this.#statements = statements;
    this.#url = url;
  }

  /**
   * Subscribes the address. What the ledger knows of it, and whether it was refused (an invalid address, C-27),
   * is told to nobody: whoever types an address need not be the person who reads its mail.
   */
  async subscribe(
    form: OpenForm,
    checked: CheckedSubmission,
    request: Readonly<{ submission: string | undefined; correlationId: string }>,
  ): Promise<void> {
    const { accountId } = form.publisher;
    const recipientId = await this.#recipients.idOf(accountId, checked.address.matching);
    const command = await this.#command(form, checked);
    const { submission, correlationId } = request;
    const evidence = { formId: form.id };
    const commandId = submissionCommand(submission, `${form.id} ${recipientId}`);
    const { statement, isStatementNamed } = checked;
    if (isStatementNamed) await this.#statements.keep(statement, { correlationId, evidence });
    await this.#acting.run({ accountId, recipientId }, command, {
      channel: 'form',
      correlationId,
      evidence,
      wording: shown(checked),
      ...(commandId !== undefined && { commandId }),
    });
  }

  async #command(form: OpenForm, checked: CheckedSubmission): Promise<Subscribe> {
    const { accountId, terms } = form.publisher;
    const at = await this.#acting.at(accountId);
    const { language } = checked;
    return {
      type: 'Subscribe',
      via: 'person',
      ...at,
      address: clear(checked.address.delivery),
      language,
      defaultLanguage: language,
      fields: clear(checked.fields),
      listIds: checked.listIds,
      optIn: form.terms.optIn,
      // The form names who asks and what for, at the moment of collection (P-39.1 s. 8; P-01).
      privacyBasis: 'informed-at-collection',
      consent: {
        grant: { kind: 'express', date: at.today },
        proof: clear({
          method: 'web form',
          source: form.terms.name,
          url: this.#url.of(`/f/${form.id}`),
          how: `ticked the box; page in ${language}`,
        }),
        evidence: SHOWN_BY_FORM,
      },
      organisationType: terms.organisationType,
      since: at.now,
    };
  }
}

/** The form and its wording stand beside the event. */
const SHOWN_BY_FORM: ReadonlySet<EvidenceKey> = new Set([
  'method',
  'source',
  'formId',
  'wordingId',
]);

/** A program that does not say what it showed proves the wording only, not who was said to ask. */
const shown = ({ statement, isStatementNamed }: CheckedSubmission): WordingShown => {
  const { statementHash, language, ...wording } = wordingShownBy(statement);
  return isStatementNamed && language !== undefined && statementHash !== undefined
    ? { ...wording, language, statementHash }
    : wording;
};
