import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

type Stage = 'mail' | 'rcpt' | 'data';

export type SinkOptions = Readonly<{
  /** False: count only, for measurements. */
  keep?: boolean;
  /** A reply other than yes for an address, as `450 4.2.1 text`. */
  reply?: (stage: Stage, to: string) => string | undefined;
  /** Cut the connection once the whole message of this recipient is there, before any reply. */
  dropAfterData?: (to: string) => boolean;
  /** Ask for a user and a password, and take none. */
  refuseSignIn?: boolean;
  /** Cut the connection when this recipient is named. */
  dropAtRecipient?: (to: string) => boolean;
}>;

export type SmtpSink = Readonly<{
  url: string;
  received: ReadonlyMap<string, readonly string[]>;
  connections: () => number;
  /** Cuts every connection, as a relay does with idle ones. */
  dropConnections: () => void;
  close: () => Promise<void>;
}>;

const asError = (reply: string): Error =>
  Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });

/** A real SMTP server on loopback that keeps what it gets and misbehaves on demand. */
export const startSmtpSink = async (options: SinkOptions = {}): Promise<SmtpSink> => {
  const received = new Map<string, string[]>();
  let connections = 0;
  const answer = (stage: Stage, to: string): Error | null => {
    const reply = options.reply?.(stage, to);
    return reply === undefined ? null : asError(reply);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.refuseSignIn === true ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, callback) => {
      callback(asError('535 5.7.8 wrong user or password'));
    },
    onConnect: (_session, callback) => {
      connections += 1;
      callback();
    },
    onMailFrom: ({ address }, _session, callback) => {
      callback(answer('mail', address));
    },
    onRcptTo: ({ address }, session, callback) => {
      if (options.dropAtRecipient?.(address)) {
        dropConnection(server, session.id);
        return;
      }
      callback(answer('rcpt', address));
    },
    onData: (stream, session, callback) => {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (options.keep !== false) chunks.push(chunk);
      });
      stream.on('end', () => {
        const refusal = answer('data', to);
        if (refusal === null && options.keep !== false) {
          const source = Buffer.concat(chunks).toString();
          received.set(to, [...(received.get(to) ?? []), source]);
        }
        if (options.dropAfterData?.(to)) dropConnection(server, session.id);
        else callback(refusal);
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    received,
    connections: () => connections,
    dropConnections: () => {
      for (const connection of server.connections) connection._socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
};

const dropConnection = (server: SMTPServer, sessionId: string): void => {
  for (const connection of server.connections) {
    if (connection.id === sessionId) connection._socket.destroy();
  }
};
