import type { Config, Engines } from '#apps/composition/index';
import type { Mailbox, Mailer } from '#libs/mailer/index';
import { mailRenderer } from '#libs/rendering/index';
import { createApi } from './create-api.ts';
import type { Logger } from './http/api-log.ts';
import {
  operatorKeyFrom,
  operatorKeyOf,
  type OperatorKeyFound,
} from './http/access/operator-key.ts';

type Parts = Readonly<{
  config: Config;
  engines: Engines;
  mailer: Mailer;
  /** Where mail goes without a relay; undefined with one. */
  mailbox: Mailbox | undefined;
  logger: Logger;
  onLedgerLost: () => void;
}>;

export type StartedApi = Readonly<{
  /** Where it listens. */
  url: string;
  /** The operator's key, when this start made it. Show it: only its hash is kept. */
  operatorKey?: string;
  /** Lets requests under way end, and closes everything that the API opened itself. */
  close: () => Promise<void>;
}>;

/** The address is taken by another program, or by another instance of this one. */
export class AddressInUse extends Error {
  readonly code = 'address-in-use';
  constructor(host: string, port: number) {
    super(
      `Port ${String(port)} on ${host} is in use, perhaps by another instance of this program. Stop that one, or set ATTESTA_PORT to another port.`,
    );
    this.name = 'AddressInUse';
  }
}

const operatorKeyFor = async (config: Config): Promise<OperatorKeyFound> =>
  config.operatorKey === undefined
    ? operatorKeyOf(config.dataDirectory)
    : { key: operatorKeyFrom(config.operatorKey), settle: async () => undefined };

/** Starts to listen. Throws `AddressInUse`, and what a data file throws that cannot be opened. */
export const startApi = async (parts: Parts): Promise<StartedApi> => {
  const { config, engines, mailer, mailbox, logger, onLedgerLost } = parts;
  const operator = await operatorKeyFor(config);
  const app = await createApi({
    ...engines,
    renderer: mailRenderer(),
    operatorKey: operator.key,
    publicUrl: config.publicUrl,
    sendTest: (message) => mailer.send(message),
    ...(mailbox !== undefined && { mailbox }),
    logger,
    clock: Date.now,
    onLedgerLost,
  });
  try {
    await app.listen(config.port, config.host);
    const operatorKey = await operator.settle();
    const close = (): Promise<void> => app.close();
    return { url: await app.getUrl(), close, ...(operatorKey !== undefined && { operatorKey }) };
  } catch (error) {
    await app.close();
    throw isInUse(error) ? new AddressInUse(config.host, config.port) : error;
  }
};

const isInUse = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
