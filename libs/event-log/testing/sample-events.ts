import { randomUUID } from 'node:crypto';
import type { RecordedBytes, StoredEvent } from '../port.ts';

/** An event with something in every part; `data` tells it from others. */
export const sampleEvent = (data: unknown = {}, type = 'SampleHappened.v1'): StoredEvent => ({
  id: randomUUID(),
  type,
  data: JSON.stringify(data),
  metadata: '{"actor":"test"}',
  personal: new Uint8Array([0, 255, 1, 254]),
});

export const sampleEvents = (count: number): StoredEvent[] =>
  Array.from({ length: count }, (_, index) => sampleEvent({ index }));

/** What was appended, out of what was read. */
export const storedPart = ({ id, type, data, metadata, personal }: RecordedBytes): StoredEvent => ({
  id,
  type,
  data,
  metadata,
  ...(personal && { personal: new Uint8Array(personal) }),
});
