import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ed25519Signer, newEd25519Pair } from '#libs/crypto/ed25519';
import {
  checkDetached,
  jwkOf,
  keyIdOf,
  pemOf,
  readPublicKeys,
  signDetached,
  type SigningParty,
} from './index.ts';

const party = (): SigningParty => {
  const pair = newEd25519Pair();
  const sign = ed25519Signer(pair);
  return { publicKey: pair.publicKey, sign: async (bytes) => sign(bytes) };
};
const ours = party();
const theirs = party();
const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const bytes = (key: Uint8Array): number[] => [...key];

describe('a detached signature (P-16)', () => {
  it('holds for the very payload under the very key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (payload) => {
        const signature = await signDetached(payload, ours);
        const keys = [theirs.publicKey, ours.publicKey];
        const valid = { ok: true, value: keyIdOf(ours.publicKey) };
        expect(checkDetached(signature, payload, keys)).toEqual(valid);
        const other = checkDetached(signature, payload, [theirs.publicKey]);
        expect(other).toEqual({ ok: false, error: 'other-key' });
        const longer = checkDetached(signature, Uint8Array.of(...payload, 0), keys);
        expect(longer).toEqual({ ok: false, error: 'altered' });
      }),
      { numRuns: 50 },
    );
  });

  it('has one spelling: no character of it can be another one', async () => {
    const payload = Buffer.from('{"receipt":1}');
    const signature = await signDetached(payload, ours);
    for (let index = 0; index < signature.length; index += 1) {
      for (const character of ['A', 'B', '.', '=', ' ', '_']) {
        if (signature[index] === character) continue;
        const changed = signature.slice(0, index) + character + signature.slice(index + 1);
        expect(checkDetached(changed, payload, [ours.publicKey]).ok).toBe(false);
      }
    }
  });

  it('is one that another implementation accepts', async () => {
    const payload = Buffer.from('{"receipt":1}');
    const [header = '', , signature = ''] = (await signDetached(payload, ours)).split('.');
    const { kty, crv, x } = jwkOf(ours.publicKey);
    const key = await webcrypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, [
      'verify',
    ]);
    const input = Buffer.from(`${header}.${payload.toString('base64url')}`);
    const isValid = await webcrypto.subtle.verify(
      'Ed25519',
      key,
      Buffer.from(signature, 'base64url'),
      input,
    );
    expect(isValid).toBe(true);
  });

  it.each([
    ['none', { alg: 'none', kid: keyIdOf(ours.publicKey) }, 'other-algorithm'],
    ['HS256', { alg: 'HS256', kid: keyIdOf(ours.publicKey) }, 'other-algorithm'],
    ['a key in the header', { alg: 'Ed25519', kid: 'k', jwk: jwkOf(ours.publicKey) }, 'malformed'],
    [
      'a payload as it stands',
      { alg: 'Ed25519', kid: 'k', b64: false, crit: ['b64'] },
      'malformed',
    ],
    ['no key', { alg: 'Ed25519' }, 'malformed'],
    ['a list', [], 'malformed'],
    ['null', null, 'malformed'],
  ])('does not take %s', async (_, header, code) => {
    const payload = Buffer.from('x');
    const [, , signature] = (await signDetached(payload, ours)).split('.');
    const made = `${base64url(header)}..${String(signature)}`;
    expect(checkDetached(made, payload, [ours.publicKey])).toEqual({ ok: false, error: code });
  });

  it('is malformed with the payload in it, with parts missing, and as any other text', async () => {
    const payload = Buffer.from('x');
    const signature = await signDetached(payload, ours);
    const texts = [signature.replace('..', '.eA.'), `${signature}.`, '..', '', signature.slice(1)];
    for (const text of texts) expect(checkDetached(text, payload, [ours.publicKey]).ok).toBe(false);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(checkDetached(text, payload, [ours.publicKey]).ok).toBe(false);
      }),
    );
  });
});

describe('public keys', () => {
  it('are named as RFC 8037, appendix A.3, shows', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    const thumbprint = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
    expect(keyIdOf(Buffer.from(x, 'base64url'))).toBe(thumbprint);
  });

  it('are read in each form that is given out, alone or in company', () => {
    const [a, b] = [ours.publicKey, theirs.publicKey];
    const both = [bytes(a), bytes(b)];
    const read = (text: string) => readPublicKeys(text).map(bytes);
    expect(read(Buffer.from(a).toString('base64url'))).toEqual([bytes(a)]);
    expect(read(pemOf(a))).toEqual([bytes(a)]);
    expect(read(`from 2026 on\n${pemOf(a)}\nbefore\n${pemOf(b)}`)).toEqual(both);
    expect(read(JSON.stringify(jwkOf(a)))).toEqual([bytes(a)]);
    const rsa = { kty: 'RSA', n: 'x', e: 'AQAB' };
    const set = { keys: [jwkOf(a), rsa, { ...jwkOf(b), pem: pemOf(b) }] };
    expect(read(JSON.stringify(set, null, 2))).toEqual(both);
  });

  it('are not found in anything else', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const secret = generateKeyPairSync('ed25519').privateKey;
    const texts = [
      '',
      'x'.repeat(43),
      '{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
      '{"keys":{}}',
      '{"keys":[null,1,"x"]}',
      '[]',
      'null',
      rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      secret.export({ format: 'pem', type: 'pkcs8' }).toString(),
      '-----BEGIN PUBLIC KEY-----\nnothing\n-----END PUBLIC KEY-----',
    ];
    for (const text of texts) expect(readPublicKeys(text)).toEqual([]);
  });
});
