import type { PeopleFile } from './people.ts';

type Ids = Readonly<{ saturday: string; oven: string; wordingId: string }>;

const COLUMNS = { Ville: 'fields.city', Genre: 'fields.genre' };

/** What each file of the example proves: a consent with its date, or none. */
export const mappingOf = (
  name: PeopleFile['name'],
  { saturday, oven, wordingId }: Ids,
): Readonly<Record<string, unknown>> => {
  const all = {
    preset: 'mailchimp',
    columns: COLUMNS,
    listIds: [saturday],
    privacyBasis: { kind: 'informed-at-collection' },
  };
  const attestedBy = 'Responsable de la protection des renseignements personnels';
  switch (name) {
    case 'readers': {
      const consent = { kind: 'express', method: 'web form', wordingId, attestedBy };
      return { ...all, listIds: [saturday, oven], privacyBasis: { kind: 'express' }, consent };
    }
    case 'customers': {
      const order = {
        basis: 'purchase',
        dateColumns: ['LAST_ORDER'],
        reference: 'Orders register',
      };
      const consent = {
        kind: 'implied',
        ...order,
        method: 'order',
        source: 'Shop till',
        attestedBy,
      };
      return { ...all, ignore: ['CONFIRM_TIME'], consent };
    }
    case 'contestants':
    case 'departed':
      return { ...all, ignore: ['CONFIRM_TIME'], consent: { kind: 'none' } };
  }
};
