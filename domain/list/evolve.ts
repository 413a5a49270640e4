import type { ListEvent } from './events.ts';
import type { List } from './state.ts';

/** Total: a change of a list that was never created changes nothing. */
export const evolve = (list: List, event: ListEvent): List => {
  switch (event.type) {
    case 'ListCreated': {
      const { accountId, ...terms } = event.data;
      return { status: 'open', accountId, terms };
    }
    case 'ListChanged':
      return list.status === 'none' ? list : { ...list, terms: { ...list.terms, ...event.data } };
  }
};
