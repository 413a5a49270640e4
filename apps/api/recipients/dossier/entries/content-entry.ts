import type { DeliveryAttempted, DeliveryContent } from '#domain/delivery/index';
import type { Recorded } from '#domain/kernel/index';
import type { NewsletterVersionSet } from '#domain/newsletter/index';
import type { DossierContentAnswer } from '../dto/message-entry.dto.ts';
import type { Meanings } from '../material.ts';

type Claim = Recorded<DeliveryAttempted>;
type Setting = Recorded<NewsletterVersionSet>;

/**
 * What was sent, by its hash. The sender records it; of a newsletter that was sent before it did, it is that
 * of the version in force at that moment.
 */
export const contentOf = (
  claim: Claim,
  content: DeliveryContent | undefined,
  { newsletters }: Pick<Meanings, 'newsletters'>,
): DossierContentAnswer => {
  const { contentHash: recorded } = claim.event.data;
  const settings =
    content?.kind === 'newsletter'
      ? settingsBefore(claim, newsletters.get(content.newsletterId) ?? [])
      : [];
  if (recorded !== undefined) {
    const setting = settings.findLast(({ event }) => event.data.hash === recorded);
    return { hash: recorded, source: 'recorded', ...versionOf(setting) };
  }
  const setting = settings.at(-1);
  if (setting === undefined) return { source: 'unknown' };
  return { hash: setting.event.data.hash, source: 'derived', ...versionOf(setting) };
};

/** Versions of the newsletter in the language that was sent, set before it was. */
const settingsBefore = (
  { position, event }: Claim,
  history: readonly Recorded<Setting['event'] | { type: string }>[],
): readonly Setting[] =>
  history
    .filter((each): each is Setting => each.event.type === 'NewsletterVersionSet')
    .filter((each) => each.position < position && each.event.data.language === event.data.language);

const versionOf = (
  setting: Setting | undefined,
): Pick<DossierContentAnswer, 'subject' | 'setBy' | 'setAt'> =>
  setting === undefined
    ? {}
    : {
        subject: setting.event.data.subject,
        setBy: setting.id,
        setAt: setting.metadata.recordedAt,
      };
