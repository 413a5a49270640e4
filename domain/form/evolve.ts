import type { FormEvent } from './events.ts';
import type { Form } from './state.ts';

/** Total: a change of a form that was never created changes nothing. */
export const evolve = (form: Form, event: FormEvent): Form => {
  switch (event.type) {
    case 'FormCreated': {
      const { accountId, ...terms } = event.data;
      return { status: 'open', accountId, terms };
    }
    case 'FormChanged':
      return form.status === 'none' ? form : { ...form, terms: { ...form.terms, ...event.data } };
  }
};
