/** Who caused a change (LED-2). The id is a pseudonym: a recipient, user, key or rule id, never an address. */
export type Actor = Readonly<{
  kind: 'recipient' | 'user' | 'staff' | 'operator' | 'api-client' | 'system';
  id?: string;
}>;

/** The way by which a change arrived (LED-2). */
export type Channel =
  | 'form'
  | 'import'
  | 'api'
  | 'newsletter-link'
  | 'one-click'
  | 'preferences'
  | 'reply'
  | 'bounce'
  | 'console'
  | 'cli'
  | 'rule';
