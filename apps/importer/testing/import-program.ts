import { ImportWorkbench } from './workbench.ts';
import { AccountId } from '#domain/kernel/index';

/** Carries out what is uploaded in a data directory, in a process that can be killed. */
const [directory = '', accountId = ''] = process.argv.slice(2);
const workbench = await ImportWorkbench.open(directory, { accountId: AccountId.parse(accountId) });
process.stdout.write('ready\n');
await workbench.runImporter({ leaseMilliseconds: 200 });
await workbench.close();
