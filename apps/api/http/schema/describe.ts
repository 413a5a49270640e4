import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

/** What every property may say of itself. */
export type About = Readonly<{ optional?: boolean; description?: string; example?: unknown }>;

type Schema = Record<string, unknown>;

/**
 * One property, said once: how a body is checked and how the OpenAPI document describes it. An optional
 * property may be absent but not null: a null would say something else.
 */
export const described = (
  about: About,
  schema: Schema,
  checks: readonly PropertyDecorator[],
): PropertyDecorator => {
  const { optional = false, ...rest } = about;
  const options = { ...schema, ...rest, required: !optional } as ApiPropertyOptions;
  const present = optional ? [ValidateIf((_body, value: unknown) => value !== undefined)] : [];
  return applyDecorators(ApiProperty(options), ...present, ...checks);
};
