/** What the demo made, by id, for the steps that follow and for a second run. */
export type Publisher = Readonly<{
  accountId: string;
  apiKey: string;
  listIds: Readonly<Record<'saturday' | 'oven' | 'evenings', string>>;
  wordingId: string;
  formId: string;
}>;

export type Sent = Readonly<{
  newsletterId: string;
  campaignId: string;
  sent: number;
  skipped: number;
}>;

/** Everything that there is to look at. */
export type Made = Readonly<{
  publisher: Publisher;
  imported: number;
  sent: Sent;
  unsubscribed: number;
  /** A message in the mailbox, and where it can be read in the browser. */
  messageId: string;
  viewUrl: string;
  /** People to ask about, by id. */
  mailable: string;
  expired: string;
  left: string;
  visitor: string;
}>;
