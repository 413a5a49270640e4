import { describeKilledProcesses } from '../killed-processes/describe-killed-processes.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { onServers } from './support/engines.ts';

describeKilledProcesses(onServers ? 'servers' : 'the embedded engines', {
  // The requirement's 20,000 take minutes: on the embedded engines test/faults sends to so many. On servers they take
  // nine minutes of two cores, which the specs beside this one need too: there are fewer, unless ATTESTA_TEST_PEOPLE
  // asks for all of them.
  recipients: Number(process.env['ATTESTA_TEST_PEOPLE'] ?? (onServers ? 5_000 : 2_000)),
  newcomers: onServers ? 2_000 : 20_000,
  minutes: onServers ? 20 : 5,
  open: async () => {
    const dataDirectory = await newDataDirectory();
    return {
      dataDirectory,
      remove: () => removeDataDirectory(dataDirectory),
    };
  },
});
