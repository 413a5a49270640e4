import type { Position } from '#domain/kernel/index';

type Facts = Readonly<{
  /** Becomes the `ETag`. */
  revision?: number | undefined;
  /** Becomes `X-Position`. */
  position?: Position | undefined;
  location?: string | undefined;
  contentType?: string | undefined;
  /** Any others, by their names. */
  headers?: Readonly<Record<string, string>>;
  /** The recipient that the body tells of: a kept copy is encrypted under that person's key. */
  subject?: string | undefined;
}>;

/** What a controller answers: status, body, and what becomes headers. */
export class Answer<T = unknown> {
  constructor(
    readonly status: number,
    readonly body: T,
    readonly facts: Facts = {},
  ) {}
}

export const found = <T>(body: T, facts: Facts = {}): Answer<T> => new Answer(200, body, facts);
export const created = <T>(body: T, facts: Facts): Answer<T> => new Answer(201, body, facts);
export const accepted = <T>(body: T, facts: Facts): Answer<T> => new Answer(202, body, facts);
export const done = (facts: Facts = {}): Answer<undefined> => new Answer(204, undefined, facts);
