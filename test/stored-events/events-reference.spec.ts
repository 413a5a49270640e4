import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EVENT_MEANINGS } from './event-meanings.ts';
import { eventsReference } from './events-reference.ts';
import { storedEvents } from './stored-event-files.ts';

const files = storedEvents(import.meta.dirname);

describe('docs/reference/events.md', () => {
  it('is what the codecs and the stored events say (else write it anew: see README.md here)', () => {
    const page = join(import.meta.dirname, '../../docs/reference/events.md');
    expect(readFileSync(page, 'utf8')).toBe(eventsReference(files));
  });

  it('says what each event means, and of nothing else', () => {
    const types = new Set(files.map(({ type }) => type.replace(/\.v\d+$/, '')));
    expect(Object.keys(EVENT_MEANINGS).sort()).toEqual([...types].sort());
  });
});
