import { describe, expect, it } from '@jest/globals';
import { ledgerPlace } from './ledger-place.ts';

describe('the name of a place where a ledger is kept', () => {
  it.each([
    ['esdb://user:secret@host:2113?tls=true', 'esdb://host:2113?tls=true'],
    ['esdb://user:sec#ret@one:2113,two:2113', 'esdb://one:2113,two:2113'],
    ['esdb+discover://user:secret@host', 'esdb+discover://host'],
    ['esdb://host:2113?tlsCAFile=/a@b.crt', 'esdb://host:2113?tlsCAFile=/a@b.crt'],
  ])('of %s has no password', (url, name) => {
    expect(ledgerPlace(url, () => undefined).name).toBe(name);
  });

  it('is the whole path of a folder', () => {
    expect(ledgerPlace('/some/where', () => undefined).name).toBe('/some/where');
  });
});
