import { join } from 'node:path';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import { embeddedLeases } from '#libs/leases/embedded/index';
import { embeddedReadStore } from '#libs/read-store/embedded/index';
import { embeddedRequestStore } from '#libs/requests/embedded/index';
import { fileUploads } from '#libs/uploads/files/index';
import { refuseLostKeyring, refuseLostLedger } from './belonging.ts';
import type { EngineSource } from './engine-parts.ts';

/** The engines in the files of a data directory, for the processes of one machine. */
export const embeddedEngines: EngineSource = ({ config, keep, onFatal }) => {
  const { dataDirectory: directory, rootKey } = config;
  return {
    ledger: async () => {
      const given = rootKey === undefined ? {} : { rootKey };
      const keyring = keep(embeddedKeyring({ directory, ...given }));
      await refuseLostLedger(directory, keyring);
      const eventLog = keep(await embeddedEventLog({ directory, onFatal }));
      await refuseLostKeyring(directory, eventLog, keyring);
      return { eventLog, keyring };
    },
    stores: async () => ({
      readStore: keep(embeddedReadStore({ directory })),
      leases: keep(embeddedLeases({ directory })),
      requests: keep(embeddedRequestStore({ directory })),
      uploads: fileUploads({ directory: join(directory, 'uploads') }),
      servers: [],
    }),
  };
};
