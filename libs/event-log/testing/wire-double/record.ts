/** An event as the double keeps it. Commit and prepare position are one, as on the real server. */
export type StoredRecord = Readonly<{
  position: number;
  stream: string;
  revision: number;
  id: string;
  type: string;
  contentType: string;
  /** Unix milliseconds. */
  created: number;
}>;

export type NewRecord = Readonly<{
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}>;

export type Expected = number | 'no-stream' | 'any' | 'stream-exists';

export type NewAppend = Readonly<{
  stream: string;
  expected: Expected;
  events: readonly NewRecord[];
}>;

export type AppendDecision =
  | Readonly<{ kind: 'recorded'; revision: number; position: number }>
  | Readonly<{ kind: 'conflict'; actual: number | undefined }>
  | Readonly<{ kind: 'deleted' }>;
