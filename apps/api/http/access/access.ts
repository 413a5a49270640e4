import { SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import type { Scope } from '#domain/api-key/events';

/** What a route asks of its caller. A route that says nothing does not start. */
export type Access =
  | Readonly<{ kind: 'public' }>
  | Readonly<{ kind: 'operator' }>
  | Readonly<{ kind: 'account'; scope: Scope }>;

export const ACCESS = 'attesta:access';

const access = (value: Access): ClassDecorator & MethodDecorator => SetMetadata(ACCESS, value);

/** Anybody may call: it gives nothing away and changes nothing of an account. */
export const Open = (): ClassDecorator & MethodDecorator => access({ kind: 'public' });

/** Only the operator's key. */
export const ForOperator = (): ClassDecorator & MethodDecorator =>
  applyDecorators(access({ kind: 'operator' }), ApiBearerAuth('operator')) as ClassDecorator &
    MethodDecorator;

/** Only a key of an account, with this scope. */
export const Needs = (scope: Scope): ClassDecorator & MethodDecorator =>
  applyDecorators(access({ kind: 'account', scope }), ApiBearerAuth('account')) as ClassDecorator &
    MethodDecorator;
