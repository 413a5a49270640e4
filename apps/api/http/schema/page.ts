import { ApiProperty } from '@nestjs/swagger';
import { Nested, type Constructor } from './structures.ts';
import { Shaped, Whole } from './properties.ts';

const TOKEN = /^[\w-]{1,2048}$/;

/** `?after=`: waits until the read model has seen a write (read your writes). */
export class ReadQuery {
  @Shaped(TOKEN, {
    optional: true,
    message: 'must be the X-Position of an earlier answer',
    max: 2_048,
    description:
      'The X-Position of an earlier answer: the read waits, up to 5 s, until it sees that write.',
  })
  after?: string;
}

export class PageQuery extends ReadQuery {
  @Whole({ optional: true, min: 1, max: 500, description: 'How many items; 50 when absent.' })
  limit?: number;

  @Shaped(TOKEN, {
    optional: true,
    message: 'must be the `next` of the page before',
    max: 2_048,
    description: 'The `next` of the page before.',
  })
  cursor?: string;
}

export const DEFAULT_LIMIT = 50;

export type Page<T> = Readonly<{ items: readonly T[]; next: string | null }>;

/** The class of a page of something, for the document. */
export const pageOf = (item: Constructor): Constructor => {
  class PageAnswer {
    @Nested(() => item, { many: true })
    items!: object[];

    @ApiProperty({
      oneOf: [{ type: 'string' }, { type: 'null' }],
      description: 'Give it as `cursor`; null on the last page.',
    })
    next!: string | null;
  }
  Object.defineProperty(PageAnswer, 'name', { value: `${item.name}Page` });
  return PageAnswer;
};
