import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Scope } from '#domain/api-key/events';

/** What a route asks of its caller. A route that says nothing does not start. */
export type Access =
  | Readonly<{ kind: 'public' }>
  | Readonly<{ kind: 'operator' }>
  | Readonly<{ kind: 'account'; scopes: readonly Scope[] }>;

export const ACCESS = 'attesta:access';

const access = (value: Access): ClassDecorator & MethodDecorator => SetMetadata(ACCESS, value);

/** Anybody may call: it gives nothing away and changes nothing of an account. */
export const Open = (): ClassDecorator & MethodDecorator => access({ kind: 'public' });

/** Only the operator's key. */
export const ForOperator = (): ClassDecorator & MethodDecorator =>
  applyDecorators(access({ kind: 'operator' }), ApiBearerAuth('operator'));

/** Only a key of an account, with all of these scopes. */
export const Needs = (...scopes: readonly Scope[]): ClassDecorator & MethodDecorator =>
  applyDecorators(access({ kind: 'account', scopes }), ApiBearerAuth('account'));
