import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { useTenantScene } from '../testing/tenant-scene.ts';

const scene = useTenantScene();

const listening = async (): Promise<number> => {
  if (!scene.api.app.getHttpServer().listening) await scene.api.app.listen(0, '127.0.0.1');
  return (scene.api.app.getHttpServer().address() as { port: number }).port;
};

const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });

describe('problems (RFC 9457)', () => {
  it.each([
    ['malformed JSON', '{"name":', 400, 'malformed-request'],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      400,
      'malformed-request',
    ],
    ['half a surrogate pair', '{"name":{"en":"\\ud800"}}', 400, 'malformed-request'],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', 400, 'malformed-request'],
    ['a list instead of an object', '[]', 400, 'invalid-request'],
    ['a number instead of an object', '7', 400, 'invalid-request'],
    ['an empty body', '', 400, 'invalid-request'],
  ])('answer %s', async (_what, body, status, code) => {
    const answer = await scene.createList({ body });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, code, type: `urn:attesta:problem:${code}` });
  });

  it('answer another type of body with 415', async () => {
    const answer = await scene.createList({
      body: 'a=b',
      headers: { 'content-type': 'text/plain' },
    });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-media-type']);
  });

  it('answer a body above 1 MiB with 413', async () => {
    const answer = await scene.createList({ body: { name: { en: 'x'.repeat(1_100_000) } } });
    expect([answer.status, answer.body.code]).toEqual([413, 'body-too-large']);
  });

  it('answer an unknown address with 404, without repeating it', async () => {
    const answer = await scene.api.call({ url: '/v1/somebody@example.org' });
    expect([answer.status, answer.body.code]).toEqual([404, 'unknown-route']);
    expect(answer.text).not.toContain('somebody');
  });

  it('answer a malformed address with 400', async () => {
    const answer = await scene.api.call({ url: '/v1/lists/%E0%A4%A', key: scene.tenant.key });
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
  });

  it('answer another method of a known address with 405 and what it takes', async () => {
    const answer = await scene.api.call({
      method: 'DELETE',
      url: '/v1/lists',
      key: scene.tenant.key,
    });
    expect([answer.status, answer.body.code]).toEqual([405, 'method-not-allowed']);
    expect(answer.headers.allow).toContain('POST');
  });

  it('refuse TRACE', async () => {
    const answer = await raw(
      await listening(),
      'TRACE /v1/lists HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).not.toContain('host: a');
  });
});

describe('what is no request at all', () => {
  it.each([
    ['bytes without a meaning', 'NONSENSE\r\n\r\n', 400, 'malformed-request'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('is answered as a problem too: %s', async (_what, bytes, status, code) => {
    const answer = await raw(await listening(), bytes);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  });
});
