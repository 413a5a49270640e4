import { uuidV5 } from '#libs/ledger/index';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The id of the command that a page asks for when it is sent: the same showing sent twice is recognised by it.
 * `about` tells apart what a page of that name could ask for. Undefined where the page did not name its showing.
 */
export const submissionCommand = (
  submission: string | undefined,
  about: string,
): string | undefined =>
  submission !== undefined && UUID.test(submission) ? uuidV5(submission, about) : undefined;
