/** Where a personal part belongs: it can be read nowhere else. Part of the storage format. */
export const personalPlace = (stream: string, eventId: string): Buffer =>
  Buffer.from(`${stream}\n${eventId}`);
