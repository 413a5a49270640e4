import { clear, NewsletterId } from '#domain/kernel/index';
import type { ConsentStatements } from '../../statements/consent-statements.ts';
import { wordingShownBy, type ShownStatement } from '../../statements/shown-statement.ts';
import type { Streams } from '../../streams.ts';
import type { ActingPerson, PersonOutcome } from '../people/acting-person.ts';
import type { Visitor } from '../people/visitors.ts';
import type { ConsentQuestion, ConsentQuestions } from './consent-questions.ts';
import { messageBehind } from './message-behind.ts';

/** Carries out what people answer to a request for consent. */
export class ConsentAnswers {
  readonly #streams: Streams;
  readonly #acting: ActingPerson;
  readonly #questions: ConsentQuestions;
  readonly #statements: ConsentStatements;

  constructor(
    streams: Streams,
    acting: ActingPerson,
    questions: ConsentQuestions,
    statements: ConsentStatements,
  ) {
    this.#streams = streams;
    this.#acting = acting;
    this.#questions = questions;
    this.#statements = statements;
  }

  /** Express consent to this very text, with the message that it came by (CON-5, C-18). */
  async agree(
    visitor: Visitor,
    question: ConsentQuestion,
    statement: ShownStatement,
    correlationId: string,
  ): Promise<PersonOutcome> {
    const { link } = visitor;
    const evidence = await messageBehind(this.#streams.ledger, link);
    await this.#questions.record(question, visitor);
    await this.#statements.keep(statement, { correlationId, evidence });
    const at = await this.#acting.at(link.accountId);
    const proof = {
      method: 'consent page',
      source: NewsletterId.is(link.about) ? 'request in a newsletter' : 'request by e-mail',
      how: `ticked the box and pressed the button; page in ${statement.language}`,
    };
    return this.#acting.run(
      link,
      { type: 'GiveConsent', ...at, proof: clear(proof) },
      { channel: 'newsletter-link', correlationId, evidence, wording: wordingShownBy(statement) },
    );
  }

  /** Not to be asked again. What the person receives stays as it is. */
  async refuse({ link }: Visitor, correlationId: string): Promise<PersonOutcome> {
    const at = await this.#acting.at(link.accountId);
    const evidence = await messageBehind(this.#streams.ledger, link);
    return this.#acting.run(
      link,
      { type: 'RefuseConsent', ...at },
      { channel: 'newsletter-link', correlationId, evidence },
    );
  }
}
