import { setTimeout as pause } from 'node:timers/promises';
import { CommandRefused } from '../refusal.ts';

export type Answer = Readonly<{ status: number; text: string; body: unknown }>;
type Method = 'GET' | 'POST' | 'PUT';
type Sent = Readonly<{
  body?: unknown;
  raw?: string;
  contentType?: string;
  repeatKey?: string;
  accept?: string;
}>;

const BETWEEN_LOOKS_MILLISECONDS = 60;
const LONGEST_WAIT_MILLISECONDS = 120_000;

/** Something that the demo did had another outcome than it should: the demo ends with status 1. */
export class DemoFailed extends CommandRefused {
  constructor(what: string) {
    super('demo-failed', {
      fr: `La démonstration ne s’est pas passée comme prévu : ${what}`,
      en: `The demo did not go as it should: ${what}`,
    });
    this.name = 'DemoFailed';
  }
}

/** Speaks to the product as any program does: by HTTP, with a key or none. */
export class DemoClient {
  readonly url: string;
  readonly #key: string | undefined;
  readonly #signal: AbortSignal;

  constructor(url: string, key: string | undefined, signal: AbortSignal) {
    this.url = url;
    this.#key = key;
    this.#signal = signal;
  }

  /** A client for the same product with another key. */
  with(key: string | undefined): DemoClient {
    return new DemoClient(this.url, key, this.#signal);
  }

  /** The answer, whatever its status. `path` may be a whole address. */
  async ask(method: Method, path: string, sent: Sent = {}): Promise<Answer> {
    const content = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
    const response = await fetch(new URL(path, this.url), {
      method,
      signal: this.#signal,
      headers: this.#headers(sent, content !== undefined),
      ...(content !== undefined && { body: content }),
    });
    const { status, headers } = response;
    const text = await response.text();
    const isJson = /[/+]json/.test(headers.get('content-type') ?? '') && text !== '';
    return { status, text, body: isJson ? JSON.parse(text) : undefined };
  }

  #headers({ contentType, repeatKey, accept }: Sent, hasContent: boolean): Record<string, string> {
    return {
      ...(this.#key !== undefined && { authorization: `Bearer ${this.#key}` }),
      ...(hasContent && { 'content-type': contentType ?? 'application/json' }),
      ...(repeatKey !== undefined && { 'idempotency-key': repeatKey }),
      ...(accept !== undefined && { accept }),
    };
  }

  /** The JSON of an answer that must be a success. Throws `DemoFailed` otherwise, with the code alone. */
  async get<T>(path: string): Promise<T> {
    return succeeded('GET', path, await this.ask('GET', path)) as T;
  }

  async post<T>(path: string, body: unknown, repeatKey: string): Promise<T> {
    return succeeded('POST', path, await this.ask('POST', path, { body, repeatKey })) as T;
  }

  async put(path: string, body: unknown): Promise<void> {
    succeeded('PUT', path, await this.ask('PUT', path, { body }));
  }

  /** A page for people, which must be there. */
  async page(path: string): Promise<string> {
    const answer = await this.ask('GET', path, { accept: 'text/html' });
    if (answer.status !== 200) throw unexpected('GET', path, answer);
    return answer.text;
  }

  /** A form as a browser sends it. */
  async submit(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const raw = new URLSearchParams(fields).toString();
    const contentType = 'application/x-www-form-urlencoded';
    const answer = await this.ask('POST', path, { raw, contentType });
    if (answer.status !== 200) throw unexpected('POST', path, answer);
    return answer;
  }

  /** Looks again and again until there is something. Throws `DemoFailed` when it takes too long. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const giveUpAt = performance.now() + LONGEST_WAIT_MILLISECONDS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > giveUpAt) throw new DemoFailed(`waited in vain for ${what}`);
      await pause(BETWEEN_LOOKS_MILLISECONDS, undefined, { signal: this.#signal });
    }
  }
}

const succeeded = (method: Method, path: string, answer: Answer): unknown => {
  if (answer.status >= 300) throw unexpected(method, path, answer);
  return answer.body;
};

/** Paths and codes only: a token or a query can hold what is personal. */
const unexpected = (method: Method, path: string, { status, body }: Answer): DemoFailed => {
  const { pathname } = new URL(path, 'http://demo.invalid');
  const place = pathname.replace(/(\/(?:u|p|v|c|confirm)\/).*/, '$1…');
  const { code, detail } = (body ?? {}) as { code?: string; detail?: string };
  const why = code === undefined ? '' : `, ${code}: ${detail ?? ''}`;
  return new DemoFailed(`${method} ${place} answered ${status}${why}`);
};

/** Throws `DemoFailed` unless the two are the same number. */
export const expectCount = (what: string, actual: number, expected: number): void => {
  if (actual !== expected) throw new DemoFailed(`${what}: ${actual} instead of ${expected}`);
};
