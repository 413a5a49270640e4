import type { JsonObject } from '#domain/kernel/index';

/** The content of one language version of a newsletter. */
export type Content = Readonly<{
  language: string;
  subject: string;
  preheader?: string;
  body: Readonly<{ kind: 'mjml'; mjml: string }> | Readonly<{ kind: 'html'; html: string }>;
  /** Plain text; derived from the HTML when absent. */
  text?: string;
}>;

/** A fault in a template, in words for its author. `line` counts from 1. */
export type TemplateFault = Readonly<{
  code: string;
  message: string;
  part: 'subject' | 'preheader' | 'mjml' | 'html' | 'text';
  line?: number;
}>;

/** What Liquid sees: `recipient`, `fields`, `account`, `sender`, `links`, `lists`, `newsletter`, `campaign`, `consent`. */
export type TemplateValues = JsonObject;

/** Headers of one message beside From, To, Subject, Date, Message-ID and the MIME ones. */
export type MessageHead = Readonly<{
  from: Readonly<{ name: string; address: string }>;
  replyTo?: string;
  to: string;
  messageId: string;
  date: Date;
  /** `List-Id`, `List-Unsubscribe`, …: ready values, ASCII. */
  extra: readonly (readonly [name: string, value: string])[];
}>;

export type RenderedParts = Readonly<{ subject: string; html: string; text: string }>;

/** A version compiled once; per recipient only its holes are filled. */
export interface CompiledContent {
  /** Throws only on a bug: faults in templates are found by `compile`. */
  parts(values: TemplateValues): RenderedParts;
  message(head: MessageHead, values: TemplateValues): { source: Buffer; parts: RenderedParts };
}

export type Compilation =
  | Readonly<{ ok: true; value: CompiledContent }>
  | Readonly<{ ok: false; error: readonly TemplateFault[] }>;

export interface Renderer {
  compile(content: Content): Promise<Compilation>;
}
