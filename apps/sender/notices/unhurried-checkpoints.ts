import type { CheckpointStore, Clock } from '#libs/projecting/index';

const BETWEEN_SAVES_MILLISECONDS = 2_000;

/**
 * Saves a checkpoint now and then only: while a campaign is sent, every outcome moves it. What is seen again after a
 * restart plans nothing twice.
 */
export const unhurried = (store: CheckpointStore, clock: Clock): CheckpointStore => {
  let savedAt = Number.NEGATIVE_INFINITY;
  return {
    load: (name) => store.load(name),
    save: async (name, position) => {
      const now = clock();
      if (now - savedAt < BETWEEN_SAVES_MILLISECONDS) return;
      savedAt = now;
      await store.save(name, position);
    },
  };
};
