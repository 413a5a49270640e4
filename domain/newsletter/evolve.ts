import type { NewsletterEvent } from './events.ts';
import type { Newsletter } from './state.ts';

/** Total: a version of a newsletter that was never created changes nothing. */
export const evolve = (newsletter: Newsletter, event: NewsletterEvent): Newsletter => {
  switch (event.type) {
    case 'NewsletterCreated':
      return { ...event.data, status: 'draft', versions: new Map() };
    case 'NewsletterVersionSet':
      return newsletter.status === 'none'
        ? newsletter
        : {
            ...newsletter,
            versions: new Map(newsletter.versions).set(event.data.language, event.data),
          };
  }
};
