import type { Refusal } from '#domain/kernel/index';
import { problemKind, type ProblemCode } from './problem-codes.ts';

/** One fault of a body or query: where, what for programs, what for people. Never the value itself. */
export type Fault = Readonly<{ path: string; code: string; message: string }>;

type Details = Readonly<{
  errors?: readonly Fault[];
  headers?: Readonly<Record<string, string>>;
}>;

/** What the API answers instead of what was asked for (RFC 9457). Thrown by controllers, never by domain code. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: string,
    readonly detail: string,
    details: Details = {},
  ) {
    super(detail);
    this.name = 'Problem';
    const kind = problemKind(code);
    this.status = kind.status;
    this.title = kind.title;
    this.errors = details.errors ?? [];
    this.headers = details.headers ?? {};
  }

  toJSON(): ProblemDocument {
    return {
      type: `urn:attesta:problem:${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      errors: [...this.errors],
    };
  }
}

export type ProblemDocument = Readonly<{
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: readonly Fault[];
}>;

/** One of the codes that the table knows, checked by the compiler. */
export const problem = (code: ProblemCode, detail: string, details: Details = {}): Problem =>
  new Problem(code, detail, details);

/** A refusal of the domain, as an answer. */
export const refused = (refusal: Refusal): Problem =>
  new Problem(refusal.code, refusal.message, {
    errors:
      refusal.path === undefined
        ? []
        : [{ path: refusal.path, code: refusal.code, message: refusal.message }],
  });

/** The same words for an id that does not exist and one that belongs to somebody else (design, section 8). */
export const unknown = (what: string): Problem =>
  problem('not-found', `There is no such ${what} in this account.`);
