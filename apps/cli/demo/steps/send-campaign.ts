import { expectCount, type DemoClient } from '../demo-client.ts';
import { NEWSLETTER } from '../example/bookshop.ts';
import { newsletterVersion, VERSION_LANGUAGES } from '../example/newsletters.ts';
import { PEOPLE } from '../example/people.ts';
import type { Publisher, Sent } from '../made.ts';

type Id = Readonly<{ id: string }>;
type CampaignAnswer = Readonly<{
  status: string;
  counts: Readonly<Record<'audience' | 'planned' | 'skipped' | 'sent', number>>;
  skippedBy: Readonly<Record<string, number>>;
}>;

const EXPECTED_SENT = PEOPLE.readers + PEOPLE.customers;

/** The newsletter in both languages. */
export const writeNewsletter = async (client: DemoClient): Promise<string> => {
  const { name } = NEWSLETTER;
  const { id } = await client.post<Id>('/v1/newsletters', { name }, 'demo-newsletter');
  for (const language of VERSION_LANGUAGES) {
    await client.put(
      `/v1/newsletters/${id}/versions/${language}`,
      await newsletterVersion(language),
    );
  }
  return id;
};

/** Sends the newsletter to everybody on the list whom the law lets it reach, and checks who was left out. */
export const sendCampaign = async (
  client: DemoClient,
  { listIds }: Publisher,
  newsletterId: string,
  onProgress: (done: number, total: number) => void,
): Promise<Sent> => {
  const audience = { listIds: [listIds.saturday] };
  const { id: campaignId } = await client.post<Id>(
    '/v1/campaigns',
    { newsletterId, audience },
    'demo-campaign',
  );
  await client.post(`/v1/campaigns/${campaignId}/start`, {}, 'demo-campaign-start');
  const { counts, skippedBy } = await client.until('the campaign to end', async () => {
    const now = await client.get<CampaignAnswer>(`/v1/campaigns/${campaignId}`);
    onProgress(now.counts.sent, EXPECTED_SENT);
    return now.status === 'completed' && isSettled(now) ? now : undefined;
  });
  expectCount('messages sent', counts.sent, EXPECTED_SENT);
  expectCount(
    'skipped, consent expired',
    skippedBy['consent-expired'] ?? 0,
    PEOPLE.formerCustomers,
  );
  expectCount('skipped, no consent', skippedBy['no-consent'] ?? 0, PEOPLE.contestants);
  return { newsletterId, campaignId, sent: counts.sent, skipped: counts.skipped };
};

/** The counts come from a read model, which may be a moment behind the campaign itself. */
const isSettled = ({ counts }: CampaignAnswer): boolean =>
  counts.sent + counts.skipped === counts.audience && counts.audience > 0;
