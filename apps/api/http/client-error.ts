import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problem, type Problem } from './problem.ts';

/** What Node says of bytes that are no request. */
const answerTo = (code: string | undefined): Problem => {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problem('headers-too-large', 'The headers of the request are too large.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problem('request-timeout', 'The request did not arrive in time. Send it again.');
  }
  return problem('malformed-request', 'This is no HTTP request that can be read.');
};

/** Answers what cannot even be read as a request, in the form of all other problems, and hangs up. */
export const answerClientError = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answer = answerTo(error.code);
  const body = JSON.stringify(answer);
  socket.end(
    [
      `HTTP/1.1 ${String(answer.status)} ${STATUS_CODES[answer.status] ?? ''}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${String(Buffer.byteLength(body))}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
};
