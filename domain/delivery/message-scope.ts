import type { MessageScope } from '#domain/consent/index';
import type { Delivery } from './state.ts';

/**
 * What the decision is asked about a delivery: a newsletter is commercial, and so is a mail that asks for
 * consent (C-01); a notice answers what the person has just asked for, whatever list that is.
 */
export const messageScopeOf = ({
  content,
  listIds,
}: Pick<Delivery, 'content' | 'listIds'>): MessageScope =>
  content?.kind === 'newsletter' || content?.kind === 'consent-request'
    ? { class: 'commercial', listIds }
    : { class: 'reply', listIds: [] };
