import { clear } from '#domain/kernel/index';
import {
  presentEvidence,
  type At,
  type GiveTrackingConsent,
  type TrackingMode,
  type WithdrawTrackingConsent,
} from '#domain/recipient/index';
import type { Setting } from '../html/page.ts';
import { trackingWords } from './tracking-choice.ts';

/** The person's choice as a command of theirs. What the page said is the proof of what they agreed to. */
export const trackingCommand = (
  mode: TrackingMode,
  at: At,
  setting: Setting,
): GiveTrackingConsent | WithdrawTrackingConsent => {
  if (mode === 'off' || mode === 'aggregate') {
    return { type: 'WithdrawTrackingConsent', ...at, via: 'person', mode };
  }
  const proof = {
    method: 'preference page',
    document: trackingWords(mode, setting),
    how: `chosen on the page in ${setting.language}`,
  };
  return {
    type: 'GiveTrackingConsent',
    ...at,
    via: 'person',
    mode,
    date: at.today,
    proof: clear(proof),
    evidence: presentEvidence(proof),
  };
};
