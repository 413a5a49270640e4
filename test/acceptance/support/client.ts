/** An answer; `body` is what its JSON says. */
export type Answer = Readonly<{
  status: number;
  headers: Headers;
  text: string;
  // Specs look at what they expect.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Sent = string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData | object;
type Options = Readonly<{ body?: Sent; headers?: Readonly<Record<string, string>> }>;

const isRaw = (body: Sent): body is string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData =>
  typeof body === 'string' ||
  body instanceof Uint8Array ||
  body instanceof URLSearchParams ||
  body instanceof FormData;

/** Speaks HTTP to the product, with one key or none. */
export class Client {
  readonly url: string;
  readonly #key: string | undefined;

  constructor(url: string, key?: string) {
    this.url = url;
    this.#key = key;
  }

  /** Whatever the answer is. A body that is an object is sent as JSON; `path` may be a whole address. */
  async call(method: Method, path: string, options: Options = {}): Promise<Answer> {
    const { body, headers } = options;
    const isJson = body !== undefined && !isRaw(body);
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#key !== undefined && { authorization: `Bearer ${this.#key}` }),
        ...(isJson && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const speaksJson = /[/+]json/.test(type) && text !== '';
    const { status, headers: answered } = response;
    return { status, headers: answered, text, body: speaksJson ? JSON.parse(text) : undefined };
  }

  get(path: string): Promise<Answer> {
    return this.#done('GET', path);
  }

  post(path: string, body: Sent = {}, headers: Readonly<Record<string, string>> = {}) {
    return this.#done('POST', path, { body, headers });
  }

  put(path: string, body: Sent) {
    return this.#done('PUT', path, { body });
  }

  patch(path: string, body: Sent) {
    return this.#done('PATCH', path, { body });
  }

  /** Throws unless the answer is one of success. */
  async #done(method: Method, path: string, options: Options = {}): Promise<Answer> {
    const answer = await this.call(method, path, options);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} answered ${String(answer.status)}: ${answer.text}`);
    }
    return answer;
  }
}
