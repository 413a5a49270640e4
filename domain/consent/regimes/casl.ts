import type { Reason, Standing } from '../decision.ts';
import type { JudgedConsent } from '../judge.ts';
import { noConsent } from '../reason-rules.ts';
import { claimReasons } from './claim-reasons.ts';
import type { Question, Verdict } from './verdict.ts';

/** CASL s. 6(1)(a): any current consent, express or implied, allows; several may (C-14). */
export const casl = ({ judged, standing }: Question): Verdict => {
  const current = judged.filter((each) => each.current);
  const [by] = current;
  return by === undefined
    ? { allow: false, reasons: [...lacking(judged, standing), ...claimReasons(standing)] }
    : { allow: true, by, reasons: current.map(({ reason }) => reason) };
};

const lacking = (judged: readonly JudgedConsent[], standing: Standing): readonly Reason[] =>
  judged.length === 0 ? [noConsent(standing)] : judged.map(({ reason }) => reason);
