/** What a room's own error is to those who may only look at its code. */
export class ServerAway extends Error {
  readonly code = 'unreachable';

  constructor() {
    super('The server does not answer.');
    this.name = 'ServerAway';
  }
}

/** A server that can be taken away from those who use it, and be given back. */
export type Outage = Readonly<{
  begin: () => void;
  end: () => void;
  /** From now on one call after the other is carried out, and its answer lost; so many of them. */
  loseAnswers: (calls: number) => void;
  /** Calls that were refused so far. */
  refused: () => number;
  /** The port, and what its methods give, as far as the server lets it. */
  over: <T extends object>(port: T, methods?: readonly (keyof T & string)[]) => T;
}>;

type Method = (...given: readonly unknown[]) => unknown;

const isMethod = (value: unknown): value is Method => typeof value === 'function';

const isPort = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).some(isMethod);

export const outage = (): Outage => {
  let isAway = false;
  let answersToLose = 0;
  let refused = 0;
  const refuse = (): never => {
    refused += 1;
    throw new ServerAway();
  };
  const answered = (given: unknown): unknown => (isPort(given) ? over(given) : given);
  const call = async (method: () => unknown): Promise<unknown> => {
    if (isAway) return refuse();
    const given = await method();
    if (answersToLose === 0) return answered(given);
    answersToLose -= 1;
    return refuse();
  };
  const over: Outage['over'] = (port, methods) =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (!isMethod(value) || methods?.some((each) => each === name) === false) return value;
        // It only makes another port, and asks no server.
        if (name === 'model') return (...given: unknown[]) => answered(value.apply(target, given));
        return (...given: unknown[]) => call(() => value.apply(target, given));
      },
    });
  return {
    begin: () => (isAway = true),
    end: () => (isAway = false),
    loseAnswers: (calls) => (answersToLose = calls),
    refused: () => refused,
    over,
  };
};
