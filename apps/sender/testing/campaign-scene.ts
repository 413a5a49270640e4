import { afterEach, beforeEach } from '@jest/globals';
import type { CampaignId, ListId } from '#domain/kernel/index';
import type { Person } from './seed.ts';
import { senderWorld, type SenderWorld } from './sender-world.ts';

type Scene = Readonly<{ world: SenderWorld; listA: ListId; listB: ListId }>;

/** A sending side with an account and two lists. Each test finds a new one. */
export class CampaignScene {
  #scene: Scene | undefined;

  async set(): Promise<void> {
    const world = await senderWorld();
    await world.seed.account();
    const listA = await world.seed.list('A');
    this.#scene = { world, listA, listB: await world.seed.list('B') };
  }

  async clear(): Promise<void> {
    await this.world.dispose();
  }

  get world(): SenderWorld {
    return this.#set().world;
  }

  get listA(): ListId {
    return this.#set().listA;
  }

  get listB(): ListId {
    return this.#set().listB;
  }

  completed(id: CampaignId): Promise<void> {
    return this.world.until(
      'the campaign completes',
      async () => (await this.world.campaign(id)).status === 'completed',
    );
  }

  #set(): Scene {
    if (this.#scene === undefined) throw new Error('The scene was not set.');
    return this.#scene;
  }
}

/** One for every test of the file or `describe` that it is called in. */
export const useCampaignScene = (): CampaignScene => {
  const scene = new CampaignScene();
  beforeEach(() => scene.set());
  afterEach(() => scene.clear());
  return scene;
};

export const person = (
  name: string,
  listIds: readonly ListId[],
  more: Partial<Person> = {},
): Person => ({ address: `${name}@example.org`, listIds, firstName: name, ...more });
