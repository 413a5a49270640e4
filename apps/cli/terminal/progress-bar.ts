import type { Output } from './output.ts';

const WIDTH = 30;
const REDRAW_MILLISECONDS = 80;

/** `[█████████░░░░░] 62 %  1,860 of 3,000` */
export const progressLine = (output: Output, done: number, total: number): string => {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const of = output.words({ fr: 'sur', en: 'of' });
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${bar} ${percent} %  ${output.number(done)} ${of} ${output.number(total)}`;
};

/** Progress on one line of a terminal; nothing at all where nobody watches. */
export class ProgressBar {
  readonly #output: Output;
  readonly #label: string;
  #drawnAt = 0;

  constructor(output: Output, label: string) {
    this.#output = output;
    this.#label = label;
  }

  show(done: number, total: number): void {
    const now = performance.now();
    if (now - this.#drawnAt < REDRAW_MILLISECONDS && done < total) return;
    this.#drawnAt = now;
    this.#output.draw(`${this.#label}  ${progressLine(this.#output, done, total)}`);
  }

  /** Progress towards an end that is not known. */
  count(done: number, unit: string): void {
    const now = performance.now();
    if (now - this.#drawnAt < REDRAW_MILLISECONDS) return;
    this.#drawnAt = now;
    this.#output.draw(`${this.#label}  ${this.#output.number(done)} ${unit}`);
  }

  /** Takes the bar away, so that the result stands alone. */
  end(): void {
    this.#output.draw('');
  }
}
