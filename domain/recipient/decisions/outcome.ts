import type { Result } from '#domain/kernel/index';
import type { RecipientEvent } from '../events.ts';
import type { RecipientRejection } from '../rejections.ts';

/** What deciding on a command gives: the events to append, or why not. */
export type Outcome = Result<readonly RecipientEvent[], RecipientRejection>;
