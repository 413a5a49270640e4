import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

export type ServerEvent = Readonly<{ event: string; data: string }>;

/** Proxies close a connection on which nothing moves. */
const HEARTBEAT = 15_000;

const textOf = ({ event, data }: ServerEvent): string => `event: ${event}\ndata: ${data}\n\n`;

/**
 * Answers with server-sent events (HTML Living Standard, section 9.2) until they end or the reader leaves.
 * An error ends the stream: its status was sent long ago, and the reader connects again by itself.
 */
export const sendEvents = async (
  request: FastifyRequest,
  reply: FastifyReply,
  events: Observable<ServerEvent>,
): Promise<void> => {
  const stream = new Readable({ read: () => undefined });
  const heartbeat = setInterval(() => stream.push(': still here\n\n'), HEARTBEAT);
  const subscription = events.subscribe({
    next: (event) => stream.push(textOf(event)),
    error: (error: unknown) => {
      stream.destroy(error instanceof Error ? error : new Error('The events failed.'));
    },
    complete: () => stream.push(null),
  });
  const stop = (): void => {
    clearInterval(heartbeat);
    subscription.unsubscribe();
  };
  stream.once('close', stop);
  request.raw.socket.once('close', () => stream.destroy());
  await reply
    .header('content-type', 'text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(stream);
};
