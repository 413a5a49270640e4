import { nodemailerSender } from './sending-by-nodemailer.ts';
import { productSender } from './sending-by-product.ts';
import { startSmtpSink, type Received, type SmtpSink } from './smtp-sink.ts';
import type { BenchmarkResult } from './result.ts';

const CONNECTIONS = 10;
const ROUNDS = 3;
/** Messages of the two may differ in length by this part: both have their own way to write headers. */
const ALIKE = 0.05;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

type Run = Readonly<{ rate: number; received: Received }>;

/** Everybody got exactly one message, or it is no measurement. */
const measure = async (
  sink: SmtpSink,
  recipients: number,
  send: () => Promise<number>,
): Promise<Run> => {
  const seconds = await send();
  const received = await sink.received();
  if (received.messages !== recipients)
    throw new Error(`Of ${recipients} messages ${received.messages} arrived.`);
  return { rate: recipients / seconds, received };
};

const mustBeAlike = (ours: Run, theirs: Run): void => {
  const ratio = ours.received.bytesPerMessage / theirs.received.bytesPerMessage;
  if (Math.abs(ratio - 1) > ALIKE)
    throw new Error(`The messages are not the same: ${ratio.toFixed(2)} times as long.`);
};

/**
 * Sends one newsletter to everybody through a mail server on loopback, and the same by nodemailer's pool: the same
 * number of connections, in turns, as the machine is not equally fast all the time. One turn of each comes before,
 * in which the code gets warm.
 */
export const benchmarkSending = async ({
  recipients = 3_000,
}: Readonly<{ recipients?: number }> = {}): Promise<readonly BenchmarkResult[]> => {
  const sink = await startSmtpSink();
  const product = await productSender({ url: sink.url, connections: CONNECTIONS, recipients });
  const nodemailer = await nodemailerSender({ url: sink.url, connections: CONNECTIONS });
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const own = await measure(sink, recipients, () => product.send());
      const other = await measure(sink, recipients, () => nodemailer.send(recipients));
      mustBeAlike(own, other);
      if (round === 0) continue;
      ours.push(own.rate);
      theirs.push(other.rate);
    }
  } finally {
    nodemailer.close();
    await product.close();
    await sink.stop();
  }
  return [
    {
      name: 'send a campaign through SMTP, every gate on',
      value: median(ours),
      unit: 'messages/s',
      baseline: {
        name: 'nodemailer’s pool composing the same messages',
        value: median(theirs),
      },
      reach: 'no less than the baseline; later twice',
    },
  ];
};
