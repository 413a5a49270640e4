import { describeKilledProcesses } from '../killed-processes/describe-killed-processes.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { onServers } from './support/engines.ts';

describeKilledProcesses(onServers ? 'servers' : 'the embedded engines', {
  // The requirement's 20,000 take minutes: test/faults sends to so many. What stands in for MongoDB reads whole
  // collections for many questions, so fewer there; ATTESTA_TEST_PEOPLE asks more of a real one.
  recipients: Number(process.env['ATTESTA_TEST_PEOPLE'] ?? (onServers ? 200 : 2_000)),
  newcomers: onServers ? 2_000 : 20_000,
  minutes: 5,
  open: async () => {
    const dataDirectory = await newDataDirectory();
    return {
      dataDirectory,
      remove: () => removeDataDirectory(dataDirectory),
    };
  },
});
