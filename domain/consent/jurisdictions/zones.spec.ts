import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { isTimeZone } from '#domain/kernel/index';
import { CANADIAN_PROVINCES } from './canadian-provinces.ts';
import { EPRIVACY_STATES, PECR_STATES } from './eprivacy-states.ts';
import { LISTED_STATES } from './listed-states.ts';
import { placeOf } from './place.ts';
import { PLACES_BY_ZONE } from './zones.ts';

const zones = PLACES_BY_ZONE.map((row) => row.split(' ')[0] ?? '');

/** Minutes ahead of UTC, as the machine's Intl has it. */
const formats = new Map<string, Intl.DateTimeFormat>();
const offsetOf = (timeZone: string, instant: number): number => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
  const match = /^GMT(?:([+-])(\d+):(\d+))?$/.exec(name ?? '');
  if (match === null) throw new Error(`No offset of ${timeZone}.`);
  const [, sign = '+', hours = 0, minutes = 0] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

describe('places', () => {
  it('C-13: every zone is one that this Node knows', () => {
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it('C-02: every listed state, state of Europe and province has its zones', () => {
    const codes = [
      ...LISTED_STATES.keys(),
      ...EPRIVACY_STATES,
      ...PECR_STATES,
      ...CANADIAN_PROVINCES,
    ];
    expect(codes.filter((code) => placeOf(code) === undefined)).toEqual([]);
  });

  it('C-02: the schedule lists 116 states, and all of Europe’s but not Algeria', () => {
    expect(LISTED_STATES.size).toBe(116);
    expect(placeOf('DZ')).toMatchObject({ isListed: false });
    // The territories of the Union with codes of their own are not named in it.
    const own = new Set(['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT']);
    const unlisted = [...EPRIVACY_STATES].filter((code) => !LISTED_STATES.has(code));
    expect(new Set(unlisted)).toEqual(own);
  });

  it('P-01: only Quebec, and Canada without a known province, may be Quebec', () => {
    expect(
      ['CA', 'CA-QC', 'CA-ZZ', 'CA-ON', 'CA-NB', 'FR', 'FR-QC'].map(
        (code) => placeOf(code)?.mayBeQuebec,
      ),
    ).toEqual([true, true, true, false, false, false, false]);
  });

  const TABLE = '/usr/share/zoneinfo/zone1970.tab';
  const present = existsSync(TABLE);
  if (!present) console.warn(`SKIPPED: the comparison with ${TABLE}, which is not here.`);
  const compared = present ? it : it.skip;
  compared('C-13: no zone of zone1970.tab is ever further ahead or behind', () => {
    const all = new Map<string, string[]>();
    for (const line of readFileSync(TABLE, 'utf8').split('\n')) {
      const [codes, , zone] = line.split('\t');
      if (line.startsWith('#') || zone === undefined || !isTimeZone(zone)) continue;
      for (const code of codes?.split(',') ?? []) all.set(code, [...(all.get(code) ?? []), zone]);
    }
    expect(all.size).toBeGreaterThan(240);
    // Each month of six years, in both of its halves: when clocks change, and how, differs by place.
    const instants = Array.from({ length: 144 }, (_, index) =>
      Date.UTC(2024, Math.floor(index / 2), 1 + (index % 2) * 15),
    );
    const offsets = new Map<string, readonly number[]>();
    const offsetsIn = (zone: string): readonly number[] => {
      const known = offsets.get(zone) ?? instants.map((instant) => offsetOf(zone, instant));
      offsets.set(zone, known);
      return known;
    };
    const extremes = (its: readonly string[]) =>
      instants.map((_, index) => {
        const at = its.map((zone) => offsetsIn(zone)[index] ?? NaN);
        return [Math.min(...at), Math.max(...at)];
      });
    const wrong = [...all].filter(
      ([code, its]) => String(extremes(its)) !== String(extremes(placeOf(code)?.zones ?? [])),
    );
    expect(wrong).toEqual([]);
  });
});
