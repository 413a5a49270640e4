import { HttpException } from '@nestjs/common';
import { EventLogUnavailable, VersionConflict } from '#libs/event-log/port';
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

const ofLog = (error: EventLogUnavailable): Problem =>
  error.code === 'disk-full'
    ? problem(
        'disk-full',
        'The disk is full, so nothing was written. Reading still works; try again later.',
      )
    : problem(
        'unavailable',
        'The ledger cannot be written at the moment. Whether this was written is not known: ask again later.',
      );

const isFullDisk = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'disk-full';

/** Any error as the answer to give. Undefined for a bug: that is reported, and answered without details. */
export const problemOf = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  if (error instanceof EventLogUnavailable) return ofLog(error);
  if (isFullDisk(error)) {
    return problem('disk-full', 'The disk is full, so nothing was written. Try again later.');
  }
  if (error instanceof VersionConflict) {
    return problem('conflict', 'Others changed this at the same time. Send the request again.');
  }
  const known = OF_STATUS[statusOf(error) ?? 0];
  return known === undefined ? undefined : problem(known[0], known[1]);
};
