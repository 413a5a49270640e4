import { startSmtpSink } from '#libs/mailer/testing/smtp-sink';

// A mail server in a process of its own, so that it competes with no sender for a thread. Counts and drops.
const sink = await startSmtpSink({ keep: false });
process.stdout.write(`${sink.url}\n`);
process.on('SIGTERM', () => process.exit(0));
