import type { NodemailerError } from 'nodemailer/lib/errors';
import SMTPConnection, { type SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import type { DeliveryOutcome, OutgoingMessage } from '../port.ts';
import { MessageBody } from './message-body.ts';
import type { RelayAddress } from './relay-url.ts';
import { replyCode } from './reply-code.ts';

/** What one try of a message over one connection came to. */
export type Attempt =
  | Readonly<{ kind: 'outcome'; outcome: DeliveryOutcome }>
  /** The connection failed before any of the message was asked for: another one may be used. */
  | Readonly<{ kind: 'not-begun' }>;

const outcome = (value: DeliveryOutcome): Attempt => ({ kind: 'outcome', outcome: value });

/** A relay's refusal of the message or recipient, told apart from trouble with the session. */
const repliedOutcome = (error: NodemailerError): Attempt | undefined => {
  const { responseCode, response, permanent, command } = error;
  if (responseCode === undefined || response === undefined) return undefined;
  const reply = replyCode(response);
  if (permanent === true && command !== 'CONN') return outcome({ status: 'refused', reply });
  return responseCode >= 400 ? outcome({ status: 'deferred', reply }) : undefined;
};

/** What no relay would take, found without asking one. Source: RFC 3463 s. 3.4 (X.3.4), s. 3.2 (X.1.3). */
const ownRefusal = (error: NodemailerError): Attempt | undefined => {
  if (error.code === 'EMESSAGE') return outcome({ status: 'refused', reply: '552 5.3.4' });
  if (error.code === 'EENVELOPE') return outcome({ status: 'refused', reply: '553 5.1.3' });
  return undefined;
};

/** RFC 3461: ask for reports of failure only, with headers only, naming this message (M-20). */
const envelopeOf = ({ envelope, messageId, source }: OutgoingMessage): SMTPEnvelope => ({
  from: envelope.from,
  to: envelope.to,
  size: source.length,
  dsn: { ret: 'HDRS', envid: messageId, notify: ['FAILURE', 'DELAY'] },
});

/** One connection to a relay, used for one message after another. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  #sent = 0;
  #open = false;
  #abandon: (() => void) | undefined;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    // Without a listener an error between two messages would end the process.
    connection.on('error', () => {
      this.#open = false;
    });
    connection.once('end', () => {
      this.#open = false;
    });
  }

  /** Connects and signs in. Rejects when the relay cannot be used; its error may quote secrets. */
  static async open(address: RelayAddress): Promise<SmtpSession> {
    const session = new SmtpSession(new SMTPConnection(address.connection));
    try {
      await session.#start(address);
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Never rejects. */
  async send(message: OutgoingMessage): Promise<Attempt> {
    const body = new MessageBody(message.source);
    const attempt = await new Promise<Attempt>((resolve) => {
      const lost = (): Attempt =>
        // The relay may have taken the message although we did not hear of it.
        body.isAskedFor
          ? outcome({ status: 'unknown', reason: 'connection-lost' })
          : { kind: 'not-begun' };
      this.#abandon = () => {
        resolve(lost());
      };
      this.#connection.send(envelopeOf(message), body, (error, info) => {
        if (error === null) {
          resolve(outcome({ status: 'accepted', reply: replyCode(info.response) }));
          return;
        }
        const known = repliedOutcome(error) ?? ownRefusal(error);
        if (known === undefined) this.close();
        resolve(known ?? lost());
      });
    });
    this.#abandon = undefined;
    this.#sent += 1;
    return attempt;
  }

  /** Ends a message that the relay refused, so that the connection can take the next one. */
  async reset(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#connection.reset((error) => {
        if (error !== null) this.close();
        resolve();
      });
    });
  }

  quit(): void {
    this.#open = false;
    this.#connection.quit();
  }

  /** Closes at once; a message under way ends as unknown, or as not begun. */
  close(): void {
    this.#open = false;
    this.#connection.close();
    this.#abandon?.();
  }

  async #start({ auth }: RelayAddress): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#connection.once('error', reject);
      this.#connection.connect((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    if (auth !== undefined) {
      await new Promise<void>((resolve, reject) => {
        this.#connection.login(auth, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    }
    this.#open = true;
  }
}
