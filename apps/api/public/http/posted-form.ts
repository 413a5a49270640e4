import { isUtf8 } from 'node:buffer';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
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

/** More than any page of ours sends. */
const LIMITS = { fields: 1_000, fieldNameSize: 200, fieldSize: 100_000, files: 0 };

/** Reads both encodings that browsers send. Throws the problem `malformed-request`. */
const read = async (bytes: Buffer, contentType: string): Promise<PostedForm> => {
  if (!isUtf8(bytes)) throw unreadable();
  const texts = new Map<string, string[]>();
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => {
      reject(unreadable());
    };
    const reader = readerOf(contentType, fail);
    reader?.on('field', (name, value, isNameCut, isValueCut) => {
      // Bytes that are no text, or half a text, could not be stored as they came.
      if (isNameCut || isValueCut || `${name}${value}`.includes('\ufffd')) fail();
      else texts.set(name, [...(texts.get(name) ?? []), value]);
    });
    reader?.on('fieldsLimit', fail).on('error', fail).on('finish', resolve).end(bytes);
  });
  return new PostedForm(texts);
};

/** Undefined, after a call to `fail`, when the type is unusable: a multipart without its boundary. */
const readerOf = (contentType: string, fail: () => void): BusboyInstance | undefined => {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch {
    fail();
    return undefined;
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
