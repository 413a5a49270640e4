/**
 * A refusal that is expected and explained: a stable code for programs, a sentence that says what to do
 * for people. Never holds personal data.
 */
export type Refusal<C extends string = string> = Readonly<{
  code: C;
  message: string;
  /** The sentence in French, for whoever reads it at a console. */
  french?: string;
  /** Where in the command the fault is, e.g. `fields.birthday`. */
  path?: string;
}>;
