import { clear, type AccountId, type Clear } from '#domain/kernel/index';
import { checkFieldValue } from '#domain/field/values';
import type { FieldValue } from '#domain/recipient/index';
import { problem, type Fault } from '../http/problem.ts';
import type { References } from '../references.ts';

type Values = Readonly<Record<string, FieldValue | null>>;

const faultOf = (key: string, code: string, message: string): Fault => ({
  path: `fields.${key}`,
  code,
  message,
});

/** Reads values of custom fields as their definitions say, and refuses what must not be kept (COL-5). */
export class Profiles {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  /** Throws the problem `invalid-request`, which names every fault and no value. */
  async checked(
    accountId: AccountId,
    raw: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Clear<Values>> {
    if (raw === undefined) return clear({});
    const fields = await this.#references.fields(accountId);
    const values: Record<string, FieldValue | null> = {};
    const errors: Fault[] = [];
    for (const [key, value] of Object.entries(raw)) {
      const field = fields.get(key);
      if (field === undefined) {
        errors.push(faultOf(key, 'unknown-field', 'is not defined in this account'));
      } else if (value === null) {
        values[key] = null;
      } else {
        const checked = checkFieldValue(field, value);
        if (checked.ok) values[key] = checked.value;
        else errors.push(faultOf(key, checked.error.code, checked.error.message));
      }
    }
    if (errors.length > 0)
      throw problem('invalid-request', 'Correct the values of the fields.', { errors });
    return clear(values);
  }
}
