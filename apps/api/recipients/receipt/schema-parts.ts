/** A part of a JSON Schema, draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  description,
  ...more,
});

export const oneOf = (values: readonly string[], description: string): Schema => ({
  enum: values,
  description,
});

export const flag = (description: string): Schema => ({ type: 'boolean', description });

export const whole = (description: string, minimum = 0): Schema => ({
  type: 'integer',
  minimum,
  description,
});

export const instant = (description: string): Schema =>
  text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });

export const day = (description: string): Schema =>
  text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });

export const sha256 = (description: string): Schema =>
  text(description, { pattern: '^[0-9a-f]{64}$' });

export const list = (items: Schema, description: string, more: Schema = {}): Schema => ({
  type: 'array',
  items,
  description,
  ...more,
});

/** An object that holds these members and no other; all of them but the optional ones. */
export const object = (
  description: string,
  members: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  description,
  additionalProperties: false,
  required: Object.keys(members),
  properties: { ...members, ...optional },
});

/** Any of these forms. */
export const either = (description: string, ...forms: readonly Schema[]): Schema => ({
  description,
  oneOf: forms,
});
