import { newDataDirectory, removeDataDirectory } from '../acceptance/support/data-directory.ts';
import { describeKilledProcesses } from '../killed-processes/describe-killed-processes.ts';

describeKilledProcesses('the embedded engines', {
  recipients: 20_000,
  newcomers: 20_000,
  minutes: 10,
  open: async () => {
    const dataDirectory = await newDataDirectory();
    return {
      dataDirectory,
      remove: () => removeDataDirectory(dataDirectory),
    };
  },
});
