import type { JsonObject } from '#domain/kernel/index';
import { streamDefinitions, type AnyStream } from '#domain/streams';
import { EVENT_MEANINGS } from './event-meanings.ts';
import type { StoredEvent } from './stored-event-files.ts';

const INTRODUCTION = `# Events

Everything that Attesta knows was once one of these events. This page is written from the code: see
\`test/stored-events/README.md\`.

The type that is stored ends in the version of its form. \`clear\` values are stored as they are;
\`personal\` ones are encrypted under the key of the subject, and are gone once that key is destroyed.
The examples are files in \`test/stored-events/\`.
`;

/** The page about every stored form of every event. */
export const eventsReference = (files: readonly StoredEvent[]): string => {
  const streams = [...streamDefinitions].sort((a, b) => (a.category < b.category ? -1 : 1));
  return [INTRODUCTION, ...streams.map((stream) => streamSection(stream, files))].join('\n');
};

const streamSection = (stream: AnyStream, files: readonly StoredEvent[]): string => {
  const subject =
    stream.subjectOf === undefined
      ? 'It has no personal values.'
      : `Its personal values are encrypted under ${keyOf(stream)}.`;
  const own = files.filter(({ category }) => category === stream.category);
  return [
    `## ${stream.category}`,
    '',
    `Stream \`${stream.category}-…\`. ${subject}`,
    '',
    ...own.map((file) => eventSection(stream, file)),
  ].join('\n');
};

/** A part of the stream's key can be somebody else's. */
const keyOf = (stream: AnyStream): string =>
  stream.subjectOf?.('a.b') === 'a.b' ? 'a key of its own' : 'the key of the account';

const eventSection = (stream: AnyStream, file: StoredEvent): string => {
  const rows = [
    ...rowsOf('clear', file.data, (data) => isRead(stream, { ...file, data })),
    ...rowsOf('personal', file.personal ?? {}, (personal) => isRead(stream, { ...file, personal })),
  ];
  const meaning = EVENT_MEANINGS[file.type.replace(/\.v\d+$/, '')] ?? '';
  const table =
    rows.length === 0
      ? ['It carries no values.']
      : ['| Value | Kept | Needed | Example |', '| --- | --- | --- | --- |', ...rows];
  return [`### ${titleOf(file)}`, '', meaning, '', ...table, ''].join('\n');
};

/** A file of one kind of a value says which. */
const titleOf = ({ type, fileName }: StoredEvent): string =>
  fileName === type ? type : `${type}, \`${fileName.slice(type.length + 1)}\``;

const rowsOf = (
  kept: 'clear' | 'personal',
  part: JsonObject,
  isReadWith: (part: JsonObject) => boolean,
): readonly string[] =>
  Object.entries(part).map(([key, example]) => {
    const { [key]: _, ...rest } = part;
    const needed = isReadWith(rest) ? 'no' : 'yes';
    return `| \`${key}\` | ${kept} | ${needed} | ${code(example)} |`;
  });

/** Whether the codec reads the event, so that what it can do without is found by leaving it out. */
const isRead = (stream: AnyStream, { type, data, personal }: StoredEvent): boolean => {
  try {
    stream.codec.decode(type, data, personal);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

const code = (example: unknown): string => {
  const text = JSON.stringify(example);
  const short = text.length <= 100 ? text : `${text.slice(0, 97)}…`;
  return `\`${short.replaceAll('|', '\\|')}\``;
};
