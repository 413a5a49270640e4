import { mentionedVariables } from './mentioned-variables.ts';
import type { Content, TemplateFault } from './port.ts';

const MESSAGES = {
  'links.unsubscribe':
    'Put {{ links.unsubscribe }} into the address of a link: no newsletter may leave without it.',
  'sender.block':
    'Put {{ sender.block }} where readers see it: it says who sends, with the postal address.',
} as const;

type Essential = keyof typeof MESSAGES;

const faultsIn = (part: TemplateFault['part'], source: string): readonly TemplateFault[] => {
  const used = mentionedVariables(source);
  return (Object.keys(MESSAGES) as Essential[])
    .filter((name) => !used.includes(name))
    .map((name) => ({ code: `${name.replace('.', '-')}-missing`, message: MESSAGES[name], part }));
};

/**
 * What each part of a newsletter must mention and does not: the unsubscribe link and the sender's block
 * (C-21, C-22). For a content that `compile` accepted. The outgoing check looks at each message again.
 */
export const missingEssentials = (content: Content): readonly TemplateFault[] => [
  ...(content.body.kind === 'mjml'
    ? faultsIn('mjml', content.body.mjml)
    : faultsIn('html', content.body.html)),
  ...(content.text === undefined ? [] : faultsIn('text', content.text)),
];
