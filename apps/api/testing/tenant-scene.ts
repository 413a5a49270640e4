import { afterAll, beforeAll } from '@jest/globals';
import { openTenant, type Tenant } from './accounts.ts';
import { runApi, type Answered, type RunningApi } from './running-api.ts';

type Scene = Readonly<{ api: RunningApi; tenant: Tenant }>;

/** An API with one account. */
export class TenantScene {
  #scene: Scene | undefined;

  async set(): Promise<void> {
    const api = await runApi();
    this.#scene = { api, tenant: await openTenant(api) };
  }

  get api(): RunningApi {
    return this.#set().api;
  }

  get tenant(): Tenant {
    return this.#set().tenant;
  }

  /** Any command will do where the headers are the point, or a body that is none. */
  createList(
    options: Readonly<{ body?: unknown; headers?: Record<string, string> }> = {},
  ): Promise<Answered> {
    const list = { method: 'POST' as const, url: '/v1/lists', body: { name: { en: 'News' } } };
    return this.api.call({ ...list, key: this.tenant.key, ...options });
  }

  #set(): Scene {
    if (this.#scene === undefined) throw new Error('The scene was not set.');
    return this.#scene;
  }
}

/** One for all tests of the file that it is called in. */
export const useTenantScene = (): TenantScene => {
  const scene = new TenantScene();
  beforeAll(() => scene.set());
  afterAll(() => scene.api.close());
  return scene;
};
