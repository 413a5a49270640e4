import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsReference } from './events-reference.ts';
import { storedEvents } from './stored-event-files.ts';

const folder = join(import.meta.dirname, '../../docs/reference');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'events.md'), eventsReference(storedEvents(import.meta.dirname)));
