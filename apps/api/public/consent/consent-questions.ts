import { consentRequestTerms } from '#domain/account/index';
import { instantOf, WordingId, type Language } from '#domain/kernel/index';
import {
  createStandardRequest,
  STANDARD_REQUEST,
  standardRequestId,
  wordingStream,
  type Wording,
} from '#domain/wording/index';
import { handle } from '#libs/commands/index';
import { uuidV5 } from '#libs/ledger/index';
import { contentHash } from '../../content-hash.ts';
import type { Present } from '../../owned.ts';
import { askingLanguages, type AskingLanguages } from '../../statements/asking-languages.ts';
import { statementShown, type ShownStatement } from '../../statements/shown-statement.ts';
import type { Streams } from '../../streams.ts';
import type { Visitor } from '../people/visitors.ts';

/** What one person is asked: the wording as it is now, and the languages it can be read in. */
export type ConsentQuestion = Readonly<{
  wordingId: WordingId;
  wording: Present<Wording>;
  languages: AskingLanguages;
  /** The account has not used its standard request yet: it is not on record. */
  isUnrecorded: boolean;
}>;

/** Namespace of the ids of these commands: an account's standard request is drawn up once. */
const DRAWING_UP = '7a53cb4e-35a8-5c1c-9d64-2f0b8f6e1d75';

const standardHash = contentHash({ ...STANDARD_REQUEST.texts });

/** The standard request as it would be drawn up. */
const standardRequest = (accountId: Present<Wording>['accountId']): Present<Wording> => {
  const first = { version: 1, texts: STANDARD_REQUEST.texts, hash: standardHash };
  const { purpose } = STANDARD_REQUEST;
  return { status: 'open', accountId, purpose, versions: [first], latest: first };
};

const askingWording = ({ link, askedBy }: Visitor): WordingId | undefined => {
  const asked = WordingId.is(link.about) ? link.about : askedBy?.wordingId;
  return asked !== undefined && WordingId.is(asked) ? asked : undefined;
};

/** Knows what the page behind a request asks. */
export class ConsentQuestions {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /**
   * By the wording that the mail asked by, in its latest version; of a mail that asked for nothing, by the one
   * that the account names. Undefined when there is none. Looking writes nothing (C-20).
   */
  async of(visitor: Visitor): Promise<ConsentQuestion | undefined> {
    const { link, publisher } = visitor;
    const { accountId } = link;
    const standard = standardRequestId(accountId);
    const wordingId =
      askingWording(visitor) ?? consentRequestTerms(publisher.terms).wordingId ?? standard;
    const known = await this.#streams.recent(wordingStream, wordingId);
    const isUnrecorded = known.status === 'none' && wordingId === standard;
    const wording = isUnrecorded ? standardRequest(accountId) : known;
    if (wording.status === 'none' || wording.accountId !== accountId) return undefined;
    const languages = askingLanguages(publisher.terms, wording);
    return { wordingId, wording, languages, isUnrecorded };
  }

  /** The request, word for word, as the page makes it in this language (C-17). */
  statement(
    { wordingId, wording }: ConsentQuestion,
    { publisher }: Visitor,
    language: Language,
  ): ShownStatement {
    const { accountId, sender } = publisher;
    return statementShown({ accountId, wordingId, wording, sender }, language);
  }

  /** The text that the page showed, by its hash; undefined when it is no longer what is asked. */
  shown(question: ConsentQuestion, visitor: Visitor, hash: string): ShownStatement | undefined {
    return question.languages
      .map((language) => this.statement(question, visitor, language))
      .find((statement) => statement.hash === hash);
  }

  /** Puts the standard request on record before somebody agrees to it. */
  async record({ isUnrecorded, wordingId }: ConsentQuestion, visitor: Visitor): Promise<void> {
    if (!isUnrecorded) return;
    const { accountId } = visitor.link;
    const done = await handle(this.#streams.ledger, {
      definition: wordingStream,
      key: wordingId,
      command: createStandardRequest(accountId, standardHash),
      context: {
        accountId,
        actor: { kind: 'system', id: 'consent-page' },
        channel: 'rule',
        commandId: uuidV5(DRAWING_UP, wordingId),
        correlationId: accountId,
        now: instantOf(this.#streams.now()),
      },
    });
    if (!done.ok) throw new Error(`The standard request cannot be drawn up: ${done.error.code}`);
  }
}
