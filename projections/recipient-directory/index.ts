export type { DirectoryEntry } from './entry.ts';
export { recipientDirectory } from './projection.ts';
export { countRecipients, everybodyOf, findRecipients, type RecipientFilter } from './queries.ts';
