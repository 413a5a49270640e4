import type { WordingEvent } from './events.ts';
import type { Wording } from './state.ts';

/** Total: a version of a wording that was never created changes nothing. */
export const evolve = (wording: Wording, event: WordingEvent): Wording => {
  switch (event.type) {
    case 'WordingCreated': {
      const { accountId, purpose, ...version } = event.data;
      return { status: 'open', accountId, purpose, versions: [version], latest: version };
    }
    case 'WordingVersionAdded':
      return wording.status === 'none'
        ? wording
        : { ...wording, versions: [...wording.versions, event.data], latest: event.data };
  }
};
