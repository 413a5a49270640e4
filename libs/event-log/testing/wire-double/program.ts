// EventStoreDB's double as a process of its own, which may be killed and started again on the same port:
// what it has confirmed is in its journal.
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startWireDouble } from './wire-double.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    journal: { type: 'string' },
    /** Without waiting for the disk: a killed process loses nothing, a power cut might. */
    'no-flush': { type: 'boolean', default: false },
  },
});
if (values.journal === undefined) throw new TypeError('--journal FILE is needed.');

const double = await startWireDouble({
  port: Number(values.port),
  journal: values.journal,
  isFlushed: !values['no-flush'],
});
writeSync(1, `listening on esdb://127.0.0.1:${double.port}?tls=false\n`);

const stop = (): void => void double.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
