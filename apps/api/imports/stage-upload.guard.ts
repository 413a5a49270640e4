import { finished } from 'node:stream';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { importStream, type ImportFormat } from '#domain/import/index';
import { ImportId, type JsonObject } from '#domain/kernel/index';
import type { Keyring } from '#libs/keyring/index';
import { headFault } from '#libs/tabular/index';
import { UploadFailure, type StagedUpload, type Uploads } from '#libs/uploads/index';
import { callerOf, type Caller } from '../http/caller.ts';
import { Problem, problem } from '../http/problem.ts';
import type { Streams } from '../streams.ts';
import { formatOf } from './file-formats.ts';
import type { MappingCheck } from './mapping-check.ts';

/** 1 GiB. */
export const LARGEST_UPLOAD = 1_073_741_824;

/** A file on disk whose import is not queued yet. Two of them are the same request when they print the same. */
export class StagedImport {
  constructor(
    readonly id: ImportId,
    readonly format: ImportFormat,
    readonly mapping: JsonObject,
    readonly file: StagedUpload,
  ) {}

  toJSON(): unknown {
    return [this.file.bytes, this.file.digest];
  }
}

type Parts = Readonly<{
  streams: Streams;
  keyring: Keyring;
  uploads: Uploads;
  mappings: MappingCheck;
  /** Bytes of the largest file that is taken. */
  limit: number;
}>;

/**
 * Takes in the file once it is known who sends it, and that they may: a guard runs before anything reads the
 * body. What comes of it becomes the body of the request, so that a repeated request is recognised by it.
 */
export class UploadStage {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async takeIn(context: ExecutionContext): Promise<void> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest<{ Querystring: { mapping?: unknown } }>>();
    const caller = callerOf(request);
    if (caller === undefined) throw new Error('An upload of nobody.');
    const format = formatOf(request.headers['content-type']);
    const mapping = await this.#parts.mappings.checked(request.query.mapping, caller.accountId);
    const id = this.#parts.streams.newId(ImportId, caller);
    const file = await this.#stage(id, caller, request.body as AsyncIterable<Uint8Array>);
    finished(http.getResponse<FastifyReply>().raw, () => {
      // What cannot be tidied up now is swept when the importer starts.
      this.#release(file, id, caller).catch(() => undefined);
    });
    if (file.bytes === 0) throw problem('malformed-request', 'The file is empty.');
    request.body = new StagedImport(id, format, mapping, file);
  }

  async #stage(
    id: ImportId,
    { accountId }: Caller,
    body: AsyncIterable<Uint8Array> | undefined,
  ): Promise<StagedUpload> {
    const [key] = await this.#parts.keyring.ensure([{ accountId, subject: id }]);
    if (key === undefined) throw new Error('The keyring made no key.');
    try {
      return await this.#parts.uploads.stage(
        id,
        key.secret,
        checked(body ?? nothing()),
        this.#parts.limit,
      );
    } catch (error) {
      if (!(error instanceof UploadFailure) || error.code !== 'body-too-large') throw error;
      throw problem('body-too-large', error.message);
    }
  }

  /**
   * What was not kept goes. So does the key, where it was made for the repeat of an import that is over; one
   * that no event uses is swept in time, and must stay until then, as another request may be using it.
   */
  async #release(file: StagedUpload, id: ImportId, { accountId }: Caller): Promise<void> {
    await this.#parts.uploads.discard(file);
    const { status } = await this.#parts.streams.recent(importStream, id);
    if (status === 'completed' || status === 'failed') {
      await this.#parts.keyring.destroy({ accountId, subject: id });
    }
  }
}

/** Nest makes guards by itself, from what it has been given. */
@Injectable()
export class StageUpload implements CanActivate {
  readonly #stage: UploadStage;

  constructor(stage: UploadStage) {
    this.#stage = stage;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.#stage.takeIn(context);
    return true;
  }
}

// eslint-disable-next-line @typescript-eslint/no-empty-function -- a request without a body
async function* nothing(): AsyncGenerator<Uint8Array, void> {}

/** Refuses pictures, workbooks and archives at their first bytes. */
async function* checked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let isFirst = true;
  for await (const piece of body) {
    const fault = isFirst ? headFault(piece) : undefined;
    if (fault !== undefined) throw new Problem(fault.code, fault.message);
    isFirst = false;
    yield piece;
  }
}
