import { describeKilledProcesses } from '../killed-processes/describe-killed-processes.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';

describeKilledProcesses('the embedded engines', {
  recipients: Number(process.env['PEOPLE'] ?? 3_000),
  minutes: 5,
  open: async () => {
    const dataDirectory = await newDataDirectory();
    return {
      environment: { ATTESTA_DATA_DIR: dataDirectory },
      remove: () => removeDataDirectory(dataDirectory),
    };
  },
});
