import { once } from 'node:events';
import { startServer, stopProgram } from './processes.ts';

export type Received = Readonly<{ messages: number; bytesPerMessage: number }>;

export type SmtpSink = Readonly<{
  url: string;
  /** What came since the last time that somebody asked. */
  received: () => Promise<Received>;
  stop: () => Promise<void>;
}>;

/** A mail server on loopback, in a process of its own, that counts and drops what it gets. */
export const startSmtpSink = async (): Promise<SmtpSink> => {
  const { url, child } = await startServer('test/benchmarks/smtp-sink-program', []);
  const { stdout } = child;
  if (stdout === null) throw new Error('The mail server has no output.');
  return {
    url,
    received: async () => {
      const said = once(stdout, 'data') as Promise<[Buffer]>;
      child.kill('SIGUSR2');
      const [line] = await said;
      const [messages = 0, bytes = 0] = line.toString().split(' ').map(Number);
      return { messages, bytesPerMessage: bytes / messages };
    },
    stop: () => stopProgram(child),
  };
};
