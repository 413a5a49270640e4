import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '#domain/kernel/index';

/** An event as it was once written, kept in a file. */
export type StoredEvent = Readonly<{
  category: string;
  /** Name of the file without `.json`. */
  fileName: string;
  type: string;
  data: JsonObject;
  personal?: JsonObject;
}>;

/** Every stored event in the folder, by category and type. */
export const storedEvents = (folder: string): readonly StoredEvent[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((category) => storedEventsOf(folder, category));

const storedEventsOf = (folder: string, category: string): readonly StoredEvent[] =>
  readdirSync(join(folder, category))
    .map((file) => file.replace(/\.json$/, ''))
    .sort()
    .map((fileName) => ({
      ...(JSON.parse(readFileSync(join(folder, category, `${fileName}.json`), 'utf8')) as Omit<
        StoredEvent,
        'category' | 'fileName'
      >),
      category,
      fileName,
    }));
