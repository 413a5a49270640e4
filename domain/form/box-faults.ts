import type { Refusal } from '#domain/kernel/index';
import type { FormField } from './events.ts';

/**
 * Why the box of consent would not be the person's own act: it would come ticked, or be a field that the
 * account fills in unseen. Source: CRTC 2012-549; C-17.
 */
export const boxFaults = (
  preTicked: boolean,
  fields: readonly FormField[],
): readonly Refusal<'pre-ticked-box'>[] => [
  ...(preTicked ? [ticked('preTicked')] : []),
  ...fields.flatMap(({ key, hidden }, index) =>
    hidden && CONSENT_KEY.test(key) ? [ticked(`fields.${index}.hidden`)] : [],
  ),
];

/** What people call a field that says that somebody agreed. */
const CONSENT_KEY =
  /^(has|is|gives?|my)?_?(consents?|consentement|consented|opt_?in|agrees?|agreed|accord)$/i;

const ticked = (path: string): Refusal<'pre-ticked-box'> => ({
  code: 'pre-ticked-box',
  message:
    'Consent is an act of the person: the box is shown, and nobody ticks it for them. Leave this out (C-17: CRTC 2012-549).',
  path,
});
