import type { AccountId } from '#domain/kernel/index';
import type { FormTerms } from './events.ts';

export type CreateForm = Readonly<{ type: 'CreateForm'; accountId: AccountId; terms: FormTerms }>;
export type ChangeForm = Readonly<{ type: 'ChangeForm'; terms: Partial<FormTerms> }>;
export type FormCommand = CreateForm | ChangeForm;
