import { existsSync, readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { parseAddress } from './address.ts';

const folder = `${process.cwd()}/../shared/data/import/mailchimp`;
const present = existsSync(folder);
if (!present) console.warn('SKIPPED: P-30 on an export of Mailchimp, its files are not here.');

const addressesIn = (file: string): readonly string[] =>
  parse<Record<string, string>>(readFileSync(`${folder}/${file}.csv`), {
    columns: true,
    bom: true,
  }).map((row) => row['Email Address'] ?? '');
const trap = (start: string): readonly string[] => {
  const { traps } = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as {
    traps: Record<string, readonly string[]>;
  };
  return Object.entries(traps).find(([name]) => name.startsWith(start))?.[1] ?? [];
};
const read = (address: string) => parseAddress(address, domainToASCII);
const matching = (address: string): string => {
  const parsed = read(address);
  return parsed.ok ? parsed.value.matching : 'refused';
};

(present ? describe : describe.skip)('P-30: an export of Mailchimp', () => {
  it('has exactly the addresses refused that are none', () => {
    const refused = ['subscribed', 'unsubscribed', 'cleaned']
      .flatMap(addressesIn)
      .filter((address) => !read(address).ok);
    expect(refused).toHaveLength(6);
    expect(refused.sort()).toEqual([...trap('invalid address')].sort());
  });

  it('has internationalised addresses, whose domains are kept as A-labels', () => {
    const addresses = trap('internationalised');
    expect(addresses).toHaveLength(3);
    for (const address of addresses) expect(matching(address)).toMatch(/@[a-z0-9.-]+$/);
  });

  it('has one recipient spelled in NFD and NFC', () => {
    expect(trap('NFD and NFC').map((address) => address.normalize('NFC'))).toHaveLength(2);
    expect(new Set(trap('NFD and NFC').map(matching)).size).toBe(1);
  });

  it('has addresses in capitals between spaces, each the same mailbox as in small letters', () => {
    const addresses = trap('same address');
    expect(addresses).toHaveLength(5);
    for (const address of addresses) {
      expect(matching(address)).toBe(address.trim().toLowerCase());
    }
  });
});
