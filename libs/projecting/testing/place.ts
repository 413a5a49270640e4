import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { AccountId, instantOf, type AnyEvent } from '#domain/kernel/index';
import { openEngines, type Engines } from '#apps/composition/engines';
import type { CommandContext, StreamFormat } from '#libs/ledger/index';
import { notebookStream, noteTaken, type NotebookEvent } from '#libs/ledger/testing/notebook';
import type { Projection } from '#libs/read-store/projection';
import type { Log } from '../log.ts';

/** Counts notes by topic, and keeps their texts: a projection small enough to see through. */
export const topics: Projection = {
  name: 'topics',
  version: 1,
  personal: true,
  indexes: [['notes'], ['texts[]']],
  categories: [notebookStream.category],
  opens: ['NoteTaken'],
  project: ({ event, position }) => {
    const note = event as NotebookEvent;
    if (note.type !== 'NoteTaken') return [];
    const text = note.personal === 'shredded' ? [] : [note.personal.reveal().text];
    return [
      {
        op: 'upsert',
        id: note.data.topic,
        inc: { notes: 1 },
        addToSet: { texts: text },
        set: { last: position },
      },
    ];
  },
};
export const counts: Projection = {
  ...topics,
  name: 'counts',
  personal: false,
  indexes: [['notes']],
  project: (recorded) =>
    recorded.event.type === 'NoteTaken' ? [{ op: 'upsert', id: 'all', inc: { notes: 1 } }] : [],
};

export const formats = [notebookStream] as unknown as readonly StreamFormat<AnyEvent>[];
export const account = AccountId.parse('acc_01jd0000000000000000000001');

export type Line = Readonly<{ level: string; event?: string; [detail: string]: unknown }>;
/** Keeps what is logged, so that a spec can look at it. */
export const keptLog = (): Log & { readonly lines: Line[] } => {
  const lines: Line[] = [];
  const at = (level: string) => (details: object) => void lines.push({ level, ...details });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
};

const context = (): CommandContext => ({
  accountId: account,
  actor: { kind: 'system' },
  channel: 'api',
  commandId: randomUUID(),
  correlationId: 'c',
  now: instantOf(Date.now()),
});

export type Place = Engines &
  Readonly<{
    dataDirectory: string;
    another: () => Promise<Engines>;
    /** Takes notes, each in a notebook of its own. */
    write: (...noteTopics: readonly string[]) => Promise<void>;
    remove: () => Promise<void>;
  }>;

/** Real engines in a folder of their own. */
export const openPlace = async (): Promise<Place> => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'projecting-'));
  const rootKey = new Uint8Array(32).fill(1);
  const open = (): Promise<Engines> =>
    openEngines({ dataDirectory, rootKey }, (failure) => {
      throw failure;
    });
  const engines = await open();
  let written = 0;
  return {
    ...engines,
    dataDirectory,
    another: open,
    write: async (...noteTopics) => {
      await engines.ledger.appendMany(
        noteTopics.map((topic) => ({
          format: notebookStream as unknown as StreamFormat<AnyEvent>,
          key: `n${(written += 1)}`,
          expected: 'no-stream' as const,
          events: [noteTaken(topic, `text ${written}`)],
          context: context(),
        })),
      );
    },
    remove: async () => {
      await engines.close();
      rmSync(dataDirectory, { recursive: true });
    },
  };
};
