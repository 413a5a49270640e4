import type { DeliveryOutcome, Mailer, OutgoingMessage } from '../port.ts';
import { Relay, type RelayTrouble } from './relay.ts';
import { parseRelayUrls } from './relay-url.ts';

export type SmtpMailerOptions = Readonly<{
  /** `ATTESTA_SMTP_URL`. */
  urls: string;
  /** Connections to use at once; 10 when absent. */
  concurrency?: number;
  /** Hears when the relay of that place in `urls`, from 1, cannot be used; at most every half minute. */
  onTrouble?: (relay: number, trouble: RelayTrouble) => void;
}>;

/** No answer from any relay: as if one had said "try again later". Source: RFC 3463 s. 3.5 (X.4.1). */
const NO_RELAY: DeliveryOutcome = { status: 'deferred', reply: '451 4.4.1' };

/**
 * Sends through SMTP relays over connections that stay open. A relay that cannot be reached hands over
 * to the next one, but only as long as nothing of the message was sent. Not nodemailer's own pool, since
 * that sends a message again when its connection closes (SND-3).
 * Throws `TypeError` when the addresses are wrong.
 */
export const smtpMailer = ({ urls, concurrency = 10, onTrouble }: SmtpMailerOptions): Mailer => {
  const relays = parseRelayUrls(urls).map(
    (address, index) => new Relay(address, (trouble) => onTrouble?.(index + 1, trouble)),
  );

  /** Those that rest are tried last rather than not at all. */
  const inOrder = (now: number): readonly Relay[] => [
    ...relays.filter((relay) => !relay.isResting(now)),
    ...relays.filter((relay) => relay.isResting(now)),
  ];

  const send = async (message: OutgoingMessage): Promise<DeliveryOutcome> => {
    for (const relay of inOrder(Date.now())) {
      const attempt = await relay.send(message);
      if (attempt.kind === 'outcome') return attempt.outcome;
    }
    return NO_RELAY;
  };

  return {
    send,
    concurrency,
    close: async () => {
      for (const relay of relays) relay.close();
    },
  };
};
