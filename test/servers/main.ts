// `npm run ferretdb`: a server that speaks MongoDB's protocol, for trying things by hand, until it is interrupted.
import { once } from 'node:events';
import { startFerretDb } from './start-ferretdb.ts';

const server = await startFerretDb();
console.log(`ATTESTA_MONGODB_URL=${server.urlOf('attesta')}`);
// Waiting for a signal alone would not keep the program running.
const running = setInterval(() => undefined, 60_000);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
clearInterval(running);
await server.stop();
