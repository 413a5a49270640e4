import { CaptureTag, type Context } from 'liquidjs';
import { ReadyHtml } from './ready-text.ts';

/** What a template captures was escaped value by value already: writing it out must not escape it again. */
export class CaptureHtml extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield* super.render(context);
    const scope = context.bottom() as Record<string, unknown>;
    const captured = scope[this.variable];
    if (typeof captured === 'string') scope[this.variable] = new ReadyHtml(captured);
  }
}
