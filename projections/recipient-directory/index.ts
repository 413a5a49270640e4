export type { DirectoryEntry } from './entry.ts';
export { recipientDirectory } from './projection.ts';
export { countRecipients, findRecipients, type RecipientFilter } from './queries.ts';
