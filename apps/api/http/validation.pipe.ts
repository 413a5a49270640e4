import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { problem, type Fault } from './problem.ts';

/** Names of class-validator's checks, as the stable codes of `errors[]`. All others are `invalid`. */
const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown-field',
  maxLength: 'too-long',
  minLength: 'too-short',
  isIn: 'not-a-choice',
  arrayMinSize: 'too-few',
  arrayMaxSize: 'too-many',
  arrayUnique: 'repeated',
  min: 'too-small',
  max: 'too-great',
};

const own = (error: ValidationError, path: string): readonly Fault[] => {
  const [failed] = Object.entries(error.constraints ?? {});
  if (failed === undefined) return [];
  const [check, message] = failed;
  if (check === 'whitelistValidation') {
    return [{ path, code: 'unknown-field', message: 'is not a field of this request' }];
  }
  if (error.value === undefined) return [{ path, code: 'missing', message: 'is missing' }];
  return [{ path, code: CODES[check] ?? 'invalid', message: withoutName(message, error.property) }];
};

/** class-validator begins each message with the name of the property, which `path` already says. */
const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;

const faultsOf = (errors: readonly ValidationError[], above = ''): readonly Fault[] =>
  errors.flatMap((error) => {
    const path = above === '' ? error.property : `${above}.${error.property}`;
    return [...own(error, path), ...faultsOf(error.children ?? [], path)];
  });

const invalid = (errors: readonly Fault[]): Error =>
  problem('invalid-request', 'The request is not as described. See errors for each fault.', {
    errors,
  });

/** Checks bodies and queries: what is not described is refused, never ignored. */
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      exceptionFactory: (errors: ValidationError[]) => invalid(faultsOf(errors)),
    });
  }

  /** class-validator looks at objects only: it would wave a list or a number through unseen. */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body') return super.transform(value, metadata);
    const body = value ?? {};
    if (typeof body !== 'object' || Array.isArray(body)) {
      throw invalid([{ path: '', code: 'invalid', message: 'must be a JSON object' }]);
    }
    return super.transform(body, metadata);
  }
}
