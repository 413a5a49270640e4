import { randomUUID } from 'node:crypto';
import { clear, isShredded, type ListId } from '#domain/kernel/index';
import { presentEvidence, type Subscribe } from '#domain/recipient/index';
import type { ConsentStatements } from '../../statements/consent-statements.ts';
import { wordingShownBy, type ShownStatement } from '../../statements/shown-statement.ts';
import type { ConsentQuestion, ConsentQuestions } from '../consent/consent-questions.ts';
import { consentStanding } from '../consent/consent-standing.ts';
import type { PostedForm } from '../http/posted-form.ts';
import type { Setting } from '../html/page.ts';
import { evidenceOf, type ActingPerson } from '../people/acting-person.ts';
import type { PageLists, ShownList } from '../people/page-lists.ts';
import { submissionCommand } from '../people/submission-command.ts';
import type { Visitor } from '../people/visitors.ts';

/** What somebody who left is shown to come back by. */
export type ReturnOffer = Readonly<{
  /** Those that can be joined; none where the account shows none. */
  lists: readonly ShownList[];
  question: ConsentQuestion;
  statement: ShownStatement;
  /** Names this showing of the page. */
  submission: string;
}>;

/** What is to be corrected. */
export type ReturnFault = Readonly<
  | { path: 'lists'; code: 'missing' }
  | { path: 'consent'; code: 'missing' }
  | { path: 'consent'; code: 'wording-changed' }
>;

/** What came of a request to come back. */
export type ReturnAnswer =
  | Readonly<{ kind: 'asked' }>
  /** The person has not left, or their address is not in use. */
  | Readonly<{ kind: 'refused' }>
  | Readonly<{ kind: 'faulty'; faults: readonly ReturnFault[]; chosen: readonly ListId[] }>;

/** Brings back, by a new consent that they confirm by mail, whoever left everything or complained (C-27). */
export class Returns {
  readonly #acting: ActingPerson;
  readonly #questions: ConsentQuestions;
  readonly #statements: ConsentStatements;
  readonly #lists: PageLists;

  constructor(
    acting: ActingPerson,
    questions: ConsentQuestions,
    statements: ConsentStatements,
    lists: PageLists,
  ) {
    this.#acting = acting;
    this.#questions = questions;
    this.#statements = statements;
    this.#lists = lists;
  }

  /** Undefined when there is nothing to come back from, or nothing to ask by. Looking writes nothing. */
  async offer(visitor: Visitor, { language }: Setting): Promise<ReturnOffer | undefined> {
    if (consentStanding(visitor.recipient).kind !== 'out') return undefined;
    const question = await this.#questions.of(visitor);
    if (question === undefined) return undefined;
    const [first] = question.languages;
    const asking = question.languages.find((each) => each === language) ?? first;
    return {
      lists: await this.#lists.visible(visitor.link.accountId, language),
      question,
      statement: this.#questions.statement(question, visitor, asking),
      submission: randomUUID(),
    };
  }

  /** Takes what the page sent. Nothing changes until the person confirms by the mail that follows. */
  async answer(
    visitor: Visitor,
    offer: ReturnOffer | undefined,
    form: PostedForm,
    correlationId: string,
  ): Promise<ReturnAnswer> {
    if (offer === undefined) return { kind: 'refused' };
    const { question, lists } = offer;
    const sent = new Set<string>(form.all('lists[]'));
    const chosen = lists.flatMap(({ id }) => (sent.has(id) ? [id] : []));
    const statement = this.#questions.shown(question, visitor, form.text('statement') ?? '');
    const faults: ReturnFault[] = [
      ...(lists.length > 0 && chosen.length === 0 ? [LISTS_MISSING] : []),
      ...consentFaults(statement, form.text('consent') === 'on'),
    ];
    if (statement === undefined || faults.length > 0) return { kind: 'faulty', faults, chosen };
    const command = await this.#command(visitor, statement, chosen);
    if (command === undefined) return { kind: 'refused' };
    const { link } = visitor;
    const evidence = evidenceOf(link);
    await this.#questions.record(question, visitor);
    await this.#statements.keep(statement, { correlationId, evidence });
    const about = `${question.wordingId} ${link.recipientId}`;
    const commandId = submissionCommand(form.text('submission'), about);
    const done = await this.#acting.run(link, command, {
      channel: 'preferences',
      correlationId,
      evidence,
      wording: wordingShownBy(statement),
      ...(commandId !== undefined && { commandId }),
    });
    return { kind: done.ok ? 'asked' : 'refused' };
  }

  /** Undefined when the address is no longer there to be written to. */
  async #command(
    { link, publisher, recipient }: Visitor,
    { language }: ShownStatement,
    listIds: readonly ListId[],
  ): Promise<Subscribe | undefined> {
    if (isShredded(recipient.address)) return undefined;
    const at = await this.#acting.at(link.accountId);
    const proof = {
      method: 'preference page',
      source: 'subscribed again after leaving',
      how: `ticked the box and pressed the button; page in ${language}`,
    };
    return {
      type: 'Subscribe',
      via: 'person',
      ...at,
      address: clear(recipient.address.reveal()),
      defaultLanguage: recipient.language,
      fields: clear({}),
      listIds,
      optIn: 'double',
      // The page names who asks and what for, as a form does (P-39.1 s. 8; P-01).
      privacyBasis: 'informed-at-collection',
      consent: {
        grant: { kind: 'express', date: at.today },
        proof: clear(proof),
        evidence: presentEvidence(proof, ['wordingId']),
      },
      organisationType: publisher.terms.organisationType,
      since: at.now,
    };
  }
}

const LISTS_MISSING: ReturnFault = { path: 'lists', code: 'missing' };

const consentFaults = (
  statement: ShownStatement | undefined,
  isTicked: boolean,
): readonly ReturnFault[] => {
  if (statement === undefined) return [{ path: 'consent', code: 'wording-changed' }];
  return isTicked ? [] : [{ path: 'consent', code: 'missing' }];
};
