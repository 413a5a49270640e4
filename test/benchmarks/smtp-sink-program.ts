import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

// A mail server in a process of its own, so that it competes with no sender for a thread. It shares the machine's
// processors with the one that is measured, so it does as little as a server can: it takes everything, counts
// and drops. SMTP with pipelining (RFC 5321, RFC 2920).

const END_OF_MESSAGE = '\r\n.\r\n';
const REPLIES: Readonly<Record<string, string>> = {
  EHLO: '250-sink\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250-8BITMIME\r\n250 DSN\r\n',
  MAIL: '250 2.1.0 OK\r\n',
  RCPT: '250 2.1.5 OK\r\n',
  DATA: '354 go on\r\n',
  RSET: '250 2.0.0 OK\r\n',
  QUIT: '221 2.0.0 bye\r\n',
};

let messages = 0;
let bytes = 0;

const serve = (socket: Socket): void => {
  let inMessage = false;
  // Of a message only what its end may begin in; of commands, a line that is not whole yet.
  let rest = '';

  const takeMessage = (data: string): string => {
    const end = data.indexOf(END_OF_MESSAGE);
    const taken = end === -1 ? Math.max(0, data.length - END_OF_MESSAGE.length + 1) : end + 2;
    bytes += taken;
    if (end === -1) return data.slice(taken);
    messages += 1;
    socket.write('250 2.0.0 OK\r\n');
    inMessage = false;
    return data.slice(end + END_OF_MESSAGE.length);
  };

  const takeCommand = (data: string): string => {
    const end = data.indexOf('\r\n');
    const verb = data.slice(0, 4).toUpperCase();
    socket.write(REPLIES[verb] ?? '502 5.5.1 no\r\n');
    if (verb === 'QUIT') socket.end();
    inMessage = verb === 'DATA';
    return data.slice(end + 2);
  };

  socket.setNoDelay(true);
  // A sender that goes away in the middle is its own concern.
  socket.on('error', () => socket.destroy());
  socket.setEncoding('latin1').on('data', (piece: string) => {
    socket.cork();
    rest += piece;
    while (inMessage ? rest.includes(END_OF_MESSAGE) : rest.includes('\r\n')) {
      rest = inMessage ? takeMessage(rest) : takeCommand(rest);
    }
    if (inMessage) rest = takeMessage(rest);
    socket.uncork();
  });
  socket.write('220 sink ESMTP\r\n');
};

const server = createServer(serve).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.stdout.write(`smtp://127.0.0.1:${String(port)}\n`);
// Asked what it got, it says so and begins to count anew.
process.on('SIGUSR2', () => {
  process.stdout.write(`${String(messages)} ${String(bytes)}\n`);
  messages = 0;
  bytes = 0;
});
process.on('SIGTERM', () => process.exit(0));
