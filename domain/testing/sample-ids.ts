import {
  AccountId,
  CampaignId,
  FormId,
  Instant,
  ListId,
  NewsletterId,
  RecipientId,
  WordingId,
} from '#domain/kernel/index';

/** The ids of the examples in specs and stored events. The last letter tells them apart. */
export const anAccount = AccountId.parse('acc_01jd0000000000000000000001');
export const anotherAccount = AccountId.parse('acc_01jd0000000000000000000002');
export const news = ListId.parse('list_01jd0000000000000000000001');
export const events = ListId.parse('list_01jd0000000000000000000002');
export const aWording = WordingId.parse('wrd_01jd0000000000000000000001');
export const aForm = FormId.parse('form_01jd0000000000000000000001');
export const aNewsletter = NewsletterId.parse('nl_01jd0000000000000000000001');
export const aCampaign = CampaignId.parse('cmp_01jd0000000000000000000001');
export const anotherCampaign = CampaignId.parse('cmp_01jd0000000000000000000002');
export const aRecipient = RecipientId.parse('rcp_01jd0000000000000000000001');

export const now = Instant('2026-11-23T15:04:05.123Z');
export const later = Instant('2026-11-23T16:00:00.000Z');
export const earlier = Instant('2026-11-23T14:00:00.000Z');

/** Two contents' SHA-256. */
export const aHash = 'a'.repeat(64);
export const anotherHash = 'b'.repeat(64);
