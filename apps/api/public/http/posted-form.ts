import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../../http/problem.ts';
import { isPublicPage } from './public-paths.ts';

/** What a browser sent: texts by name, a name as often as it was sent. Files are left out. */
export class PostedForm {
  readonly #texts: ReadonlyMap<string, readonly string[]>;

  constructor(texts: ReadonlyMap<string, readonly string[]>) {
    this.#texts = texts;
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /** The first text of that name; undefined when there is none. */
  text(name: string): string | undefined {
    return this.#texts.get(name)?.[0];
  }

  all(name: string): readonly string[] {
    return this.#texts.get(name) ?? [];
  }
}

const NOTHING = new PostedForm(new Map());

/** The form that a request brought; an empty one when it brought none. */
export const postedForm = (request: FastifyRequest): PostedForm =>
  request.body instanceof PostedForm ? request.body : NOTHING;

const read = async (bytes: Buffer, contentType: string): Promise<PostedForm> => {
  if (!isUtf8(bytes)) throw unreadable();
  const texts = new Map<string, string[]>();
  for (const [name, value] of await entriesOf(bytes, contentType)) {
    if (typeof value !== 'string') continue;
    // Bytes that are no text: they could not be stored as they came.
    if (value.includes('\ufffd') || name.includes('\ufffd')) throw unreadable();
    texts.set(name, [...(texts.get(name) ?? []), value]);
  }
  return new PostedForm(texts);
};

/** The platform's own reader of forms, so that there is no other one to keep safe. */
const entriesOf = async (bytes: Buffer, contentType: string) => {
  const response = new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  });
  try {
    return await response.formData();
  } catch {
    // The bytes are all that it works on: whatever it finds wrong is wrong with them.
    throw unreadable();
  }
};

const unreadable = (): Error =>
  problem('malformed-request', 'The form cannot be read. Send it in UTF-8, as browsers do.');

const wrongPlace = (): Error =>
  problem('unsupported-media-type', 'Send the body as application/json.');

/** Forms are read on public pages only: the rest of the API speaks JSON. */
export const useFormParsers = (instance: FastifyInstance): void => {
  instance.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer): Promise<PostedForm> => {
      if (!isPublicPage(request)) throw wrongPlace();
      return read(bytes, request.headers['content-type'] ?? '');
    },
  );
};
