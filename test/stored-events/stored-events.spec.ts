import { describe, expect, it } from '@jest/globals';
import { isShredded, SHREDDED, UnknownEventType, type JsonObject } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import { storedEvents, type StoredEvent } from './stored-event-files.ts';

const files = storedEvents(import.meta.dirname);
const streamOf = (category: string) => {
  const stream = streamDefinitions.find((definition) => definition.category === category);
  if (stream === undefined) throw new Error(`No stream has the category ${category}.`);
  return stream;
};
const decoded = ({ category, type, data, personal }: StoredEvent) =>
  streamOf(category).codec.decode(type, data, personal);
const named = files.map((file) => [`${file.category}/${file.fileName}`, file] as const);

describe('stored events', () => {
  it('are on file for every type that a codec reads, and for no other', () => {
    const onFile = files.map(({ category, type }) => `${category} ${type}`);
    const readable = streamDefinitions.flatMap(({ category, codec }) =>
      codec.storedTypes.map((type) => `${category} ${type}`),
    );
    expect([...new Set(onFile)].sort()).toEqual([...readable].sort());
  });

  it('have streams of different categories, without a dash', () => {
    const categories = streamDefinitions.map(({ category }) => category);
    expect(new Set(categories).size).toBe(categories.length);
    for (const category of categories) expect(category).toMatch(/^[a-z]+$/);
  });

  it('can have a personal part only where somebody’s key encrypts it', () => {
    for (const { category, personal } of files) {
      if (personal !== undefined) expect(streamOf(category).subjectOf).toBeDefined();
    }
  });

  it('of an unknown type are an error', () => {
    for (const { codec } of streamDefinitions) {
      expect(() => codec.decode('Nonsense.v1', {}, undefined)).toThrow(UnknownEventType);
      expect(() => codec.decode('constructor', {}, undefined)).toThrow(UnknownEventType);
    }
  });
});

describe.each(named)('%s', (_, file) => {
  const { codec, evolve, initialState } = streamOf(file.category);

  it('bears its type as its name, and of several the kind that it shows', () => {
    const [type, version, ...kind] = file.fileName.split('.');
    expect([`${String(type)}.${String(version)}`, kind.length]).toEqual([
      file.type,
      file.fileName === file.type ? 0 : 1,
    ]);
  });

  it('is decoded with every value in it', () => {
    const event = decoded(file);
    const personal =
      event.personal === undefined || isShredded(event.personal)
        ? undefined
        : event.personal.reveal();
    expect(codec.storedTypes).toContain(file.type);
    const again = codec.encode(event);
    // Only today's version is written; an earlier one comes back as today's.
    if (again.type === file.type) {
      expect(again.data).toEqual(file.data);
      expect(again.personal).toEqual(file.personal);
      expect(personal).toEqual(file.personal);
    }
  });

  it('is still decoded when its key is destroyed, and its stream goes on', () => {
    if (file.personal === undefined) return;
    const event = codec.decode(file.type, file.data, SHREDDED);
    expect(event.personal).toBe(SHREDDED);
    expect(() => evolve(evolve(initialState, event), event)).not.toThrow();
  });

  it('is refused with a key that nobody knows, and with a value of another kind', () => {
    const damaged: JsonObject[] = [
      { ...file.data, sparePart: 1 },
      ...Object.keys(file.data).map((key) => ({ ...file.data, [key]: { secret: ['Marie'] } })),
    ];
    for (const data of damaged) {
      const decode = () => codec.decode(file.type, data, file.personal);
      expect(decode).toThrow(TypeError);
      expect(decode).not.toThrow(/Marie/);
    }
  });
});
