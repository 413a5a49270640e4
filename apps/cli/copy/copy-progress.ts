import type { Bilingual } from '#domain/kernel/index';
import type { Output } from '../terminal/output.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';

const LABELS: Readonly<Record<'copying' | 'comparing', Bilingual>> = {
  copying: { fr: 'Copie', en: 'Copying' },
  comparing: { fr: 'Comparaison', en: 'Comparing' },
};

/** Draws how far a copy is. */
export const copyProgress = (output: Output, unit: Bilingual) => {
  const bar = (what: keyof typeof LABELS) => new ProgressBar(output, output.words(LABELS[what]));
  const bars = { copying: bar('copying'), comparing: bar('comparing') };
  return {
    show: (what: keyof typeof LABELS, done: number): void =>
      bars[what].count(done, output.words(unit)),
    end: (): void => bars.comparing.end(),
  };
};
