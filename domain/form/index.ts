import type { StreamDefinition } from '#domain/kernel/index';
import { formCodec } from './codec.ts';
import type { FormCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { FormEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { FormRejection } from './rejections.ts';
import { NO_FORM, type Form } from './state.ts';

export const formStream: StreamDefinition<FormCommand, Form, FormEvent, FormRejection> = {
  category: 'form',
  initialState: NO_FORM,
  evolve,
  decide,
  codec: formCodec,
};

export { boxFaults } from './box-faults.ts';
export type { ChangeForm, CreateForm, FormCommand } from './commands.ts';
export type {
  FormChanged,
  FormCreated,
  FormEvent,
  FormField,
  FormTerms,
  Welcome,
} from './events.ts';
export type { FormRejection, FormRejectionCode } from './rejections.ts';
export type { Form } from './state.ts';
