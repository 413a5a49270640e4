import { describe, expect, it } from '@jest/globals';
import { CivilDate, dayInWords } from './index.ts';

describe('dayInWords', () => {
  it.each([
    ['2026-11-24', '24 novembre 2026', 'November 24, 2026'],
    ['2027-02-01', '1er février 2027', 'February 1, 2027'],
    ['2027-02-11', '11 février 2027', 'February 11, 2027'],
    ['2027-02-21', '21 février 2027', 'February 21, 2027'],
  ])('says %s as people do in Canada', (day, fr, en) => {
    expect(dayInWords(CivilDate(day), 'fr')).toBe(fr);
    expect(dayInWords(CivilDate(day), 'en')).toBe(en);
  });
});
