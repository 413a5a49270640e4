import { HttpException } from '@nestjs/common';
import { EventLogUnavailable, VersionConflict } from '#libs/event-log/port';
import { KeyringUnavailable } from '#libs/keyring/index';
import { MongoUnavailable } from '#libs/mongodb/mongo-unavailable';
import { isUnreachable } from '#libs/projecting/index';
import { DatabaseUnavailable } from '#libs/sqlite/index';
import { problem, Problem } from './problem.ts';
import type { ProblemCode } from './problem-codes.ts';

/** Statuses that the framework gives by itself, before a controller is reached. */
const OF_STATUS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ['malformed-request', 'The body or the address cannot be read. Send valid JSON in UTF-8.'],
  404: ['unknown-route', 'There is nothing at this address. See /docs for what there is.'],
  408: ['request-timeout', 'The request did not arrive in time. Send it again.'],
  413: ['body-too-large', 'The body is larger than this address takes (1 MiB, imports more).'],
  414: ['address-too-long', 'The address is too long.'],
  415: ['unsupported-media-type', 'Send the body as application/json.'],
  431: ['headers-too-large', 'The headers of the request are too large.'],
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return undefined;
  // Fastify's own errors carry the status that they stand for.
  if (!('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  return error.statusCode;
};

/** What a store (ledger, keyring, read models, requests) says is the matter with its file. */
type StoreFault = 'disk-full' | 'lost';

const LOST: readonly unknown[] = ['io-error', 'corrupt', 'closed'];

const storeFaultOf = (error: unknown): StoreFault | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'disk-full') return 'disk-full';
  return isStore(error) && LOST.includes(error.code) ? 'lost' : undefined;
};

const isStore = (error: Error): boolean =>
  error instanceof EventLogUnavailable ||
  error instanceof KeyringUnavailable ||
  error instanceof DatabaseUnavailable;

/** The file may not say what was acknowledged: this process must stop, and go on from what is durable. */
export const mustStop = (error: unknown): boolean => storeFaultOf(error) === 'lost';

/** A server no longer takes the name or the password: nothing is lost, but somebody has to set the address anew. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error &&
  (isStore(error) || error instanceof MongoUnavailable) &&
  'code' in error &&
  error.code === 'unauthorised';

const DISK_FULL = 'The disk is full, so nothing was written. Reading still works; try again later.';
const RETRY = { headers: { 'retry-after': '5' } };
const UNREACHABLE =
  'A server that the answer needs does not answer now. Send the request again later, with the same Idempotency-Key if it had one: nothing is done twice.';
const UNAVAILABLE =
  'What the answer needs cannot be read or written at the moment. Whether this was written is not known: ask again later.';

/** Any error as the answer to give. Undefined for a bug: that is reported, and answered without details. */
export const problemOf = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  const fault = storeFaultOf(error);
  if (fault === 'disk-full') return problem('disk-full', DISK_FULL);
  if (fault === 'lost') return problem('unavailable', UNAVAILABLE, RETRY);
  if (isUnreachable(error) || isRefused(error)) return problem('unavailable', UNREACHABLE, RETRY);
  if (error instanceof VersionConflict) {
    return problem('conflict', 'Others changed this at the same time. Send the request again.');
  }
  const known = OF_STATUS[statusOf(error) ?? 0];
  return known === undefined ? undefined : problem(known[0], known[1]);
};
