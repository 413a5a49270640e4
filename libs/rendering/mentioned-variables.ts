import { textEngine } from './liquid-engine.ts';

/** The variables that a template names, such as `sender.block`. Throws on a faulty template. */
export const mentionedVariables = (source: string): readonly string[] => {
  const engine = textEngine();
  return engine.globalFullVariablesSync(engine.parse(source));
};
