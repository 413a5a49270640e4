import { describe, expect, it } from '@jest/globals';
import { frenchSection } from './index.ts';

describe('frenchSection', () => {
  it.each([
    ['CASL s. 10(1); SOR/2012-36 s. 4', 'LCAP art. 10(1); DORS/2012-36 art. 4'],
    ['CASL s. 10(10)(a)', 'LCAP art. 10(10)a)'],
    ['SOR/2013-221 s. 3(a)(ii)', 'DORS/2013-221 art. 3a)(ii)'],
    ['SOR/2013-221 s. 3(a)(i)', 'DORS/2013-221 art. 3a)(i)'],
    ['GDPR art. 17(3), 21(3)', 'RGPD art. 17(3), 21(3)'],
    ['P-39.1 s. 8; P-39.1 s. 8.3', 'P-39.1 art. 8; P-39.1 art. 8.3'],
  ])('%s', (section, french) => {
    expect(frenchSection(section)).toBe(french);
  });
});
