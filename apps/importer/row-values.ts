import { checkFieldValue } from '#domain/field/values';
import { sensitiveValueIn } from '#domain/field/sensitive-values';
import type { Fields } from '#domain/field/index';
import type { ColumnPlan } from '#domain/import/column-plan';
import { ok, refuse, type Result } from '#domain/kernel/index';
import type { FieldValue, FieldValues } from '#domain/recipient/index';

/** The values of custom fields in a row, or the code of what is wrong with one. A blank cell says nothing. */
export const valuesIn = (
  cells: readonly string[],
  plan: ColumnPlan,
  fields: Fields,
): Result<FieldValues, string> => {
  const values: Record<string, FieldValue> = {};
  for (const { key, place } of plan.fields) {
    const cell = cells[place] ?? '';
    if (cell.trim() === '') continue;
    const field = fields.get(key);
    if (field === undefined) return refuse('unknown-field');
    const checked = checkFieldValue(field, cell);
    if (!checked.ok) {
      const { code } = checked.error;
      return refuse(code === 'sensitive-value' ? (sensitiveValueIn(cell) ?? code) : code);
    }
    values[key] = checked.value;
  }
  return ok(values);
};

/** Cards and national ids in cells that nobody mapped: whoever sent them should know (COL-5). */
export const sensitiveIn = (
  cells: readonly string[],
  places: readonly number[],
): 'payment-card' | 'national-id' | undefined => {
  for (const place of places) {
    const cell = cells[place];
    if (cell === undefined || cell === '') continue;
    const kind = sensitiveValueIn(cell);
    if (kind !== undefined) return kind;
  }
  return undefined;
};
