import { LiquidError, type Liquid, type Template } from 'liquidjs';
import type { TemplateFault } from './port.ts';

/** What Liquid sees at the top; a misspelt name is a fault, found before anybody gets a hole in a message. */
const ROOTS = [
  'recipient',
  'fields',
  'account',
  'sender',
  'links',
  'lists',
  'newsletter',
  'campaign',
  'form',
  'consent',
];

type Part = TemplateFault['part'];

const lineOf = (message: string): number | undefined => {
  const found = /, line:(\d+)/.exec(message);
  return found === null ? undefined : Number(found[1]);
};

const withLine = (fault: TemplateFault, line: number | undefined): TemplateFault =>
  line === undefined ? fault : { ...fault, line };

/** What liquidjs says of a template; its own errors only, any other is a bug and goes on. */
const faultOf = (error: unknown, part: Part): TemplateFault => {
  if (!LiquidError.is(error)) throw error;
  const message = error.message.replace(/, line:\d+, col:\d+.*$/s, '.');
  return withLine({ code: 'liquid-invalid', message, part }, lineOf(error.message));
};

const unknownNames = (engine: Liquid, template: Template[], part: Part): TemplateFault[] => {
  const { globals } = engine.analyzeSync(template);
  return Object.entries(globals)
    .filter(([name]) => !ROOTS.includes(name))
    .map(([name, [first]]) =>
      withLine(
        {
          code: 'unknown-variable',
          message: `There is no ${name}. A template can use ${ROOTS.join(', ')}.`,
          part,
        },
        first?.location.row,
      ),
    );
};

const SAMPLE = {
  recipient: { email: 'recipient@example.org', language: 'en' },
  fields: {},
  lists: [{ id: 'list', name: 'List' }],
};

/** Everything that can be known to be wrong with a template before it meets a recipient. */
export const faultsOf = (engine: Liquid, source: string, part: Part): readonly TemplateFault[] => {
  try {
    const template = engine.parse(source);
    const unknown = unknownNames(engine, template, part);
    // An endless loop or a filter that fails shows here, not in the middle of a campaign.
    if (unknown.length === 0) engine.renderSync(template, SAMPLE);
    return unknown;
  } catch (error) {
    return [faultOf(error, part)];
  }
};
