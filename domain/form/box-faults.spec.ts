import { describe, expect, it } from '@jest/globals';
import { boxFaults } from './index.ts';

const field = (key: string, hidden: boolean) => ({ key, hidden, required: false });

describe('C-17: the box of consent', () => {
  it('is not ticked by anybody but the person', () => {
    expect(boxFaults(true, [])).toMatchObject([{ code: 'pre-ticked-box', path: 'preTicked' }]);
    expect(boxFaults(false, [])).toEqual([]);
  });

  it.each(['consent', 'Consent', 'consentement', 'optIn', 'opt_in', 'agreed', 'hasConsented'])(
    'is not the hidden field %s',
    (key) => {
      expect(boxFaults(false, [field('firstName', true), field(key, true)])).toMatchObject([
        { code: 'pre-ticked-box', path: 'fields.1.hidden' },
      ]);
    },
  );

  it('has nothing to do with other fields, nor with one that people see', () => {
    const others = ['consent', 'optIn'].map((key) => field(key, false));
    const hidden = ['origin', 'agreement', 'consentDate', 'accordion'].map((key) =>
      field(key, true),
    );
    expect(boxFaults(false, [...others, ...hidden])).toEqual([]);
  });
});
