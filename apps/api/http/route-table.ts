import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from './problem.ts';

export type Route = Readonly<{ method: string; url: string }>;

/** Bodies of these routes may be larger: many people at once. */
const LARGE_BODIES = new Map([['/v1/recipients/batch', 16 * 1_048_576]]);

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}/?$`);

/** Every route as it is registered, so that a wrong method can be told from a wrong address. */
export class RouteTable {
  readonly routes: Route[] = [];
  readonly #patterns = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  constructor(instance: FastifyInstance) {
    instance.addHook('onRoute', (route) => {
      const limit = LARGE_BODIES.get(route.url);
      if (limit !== undefined) route.bodyLimit = limit;
      for (const method of [route.method].flat()) this.#add(method, route.url);
    });
  }

  /** Throws the problem `method-not-allowed` when the address exists under another method only. */
  refuseMethod(request: FastifyRequest): void {
    if (!request.is404) return;
    const path = request.url.split('?', 1)[0] ?? '';
    for (const { pattern, methods } of this.#patterns.values()) {
      if (pattern.test(path)) throw notAllowed([...methods]);
    }
    if (request.method === 'TRACE' || request.method === 'CONNECT') throw notAllowed([]);
  }

  #add(method: string, url: string): void {
    this.routes.push({ method, url });
    const known = this.#patterns.get(url) ?? {
      pattern: patternOf(url),
      methods: new Set<string>(),
    };
    known.methods.add(method);
    this.#patterns.set(url, known);
  }
}

const notAllowed = (methods: readonly string[]): Error =>
  problem('method-not-allowed', 'This address takes other methods: see the Allow header.', {
    headers: { allow: methods.join(', ') },
  });
