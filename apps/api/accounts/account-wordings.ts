import type { AccountId } from '#domain/kernel/index';
import type { RequestCheck } from '../forms/request-check.ts';
import type { References } from '../references.ts';
import type { ChangeAccountDto } from './account.dto.ts';

/** The wording that an account wants people asked by. */
export class AccountWordings {
  readonly #references: References;
  readonly #requests: RequestCheck;

  constructor(references: References, requests: RequestCheck) {
    this.#references = references;
    this.#requests = requests;
  }

  /** Throws the problem `unknown-wording`, or one that names what the wording lacks (C-17). */
  async check(accountId: AccountId, { consentRequests }: ChangeAccountDto): Promise<void> {
    const wordingId = consentRequests?.wordingId;
    if (wordingId === undefined) return;
    await this.#references.wording(accountId, wordingId, 'consentRequests.wordingId');
    await this.#requests.checkWording(accountId, wordingId);
  }
}
