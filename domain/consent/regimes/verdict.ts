import type { SendingAccount, Reason, Standing } from '../decision.ts';
import type { Place } from '../jurisdictions/place.ts';
import type { JudgedConsent } from '../judge.ts';

/** What a regime is asked: the person, and their consents as judged on the day, the strongest first. */
export type Question = Readonly<{
  standing: Standing;
  account: SendingAccount;
  place: Place | undefined;
  judged: readonly JudgedConsent[];
}>;

/** What one regime says. `by` is the permission it rests on, for regimes that ask for one. */
export type Verdict =
  | Readonly<{ allow: true; by?: JudgedConsent; reasons: readonly Reason[] }>
  | Readonly<{ allow: false; reasons: readonly Reason[] }>;
