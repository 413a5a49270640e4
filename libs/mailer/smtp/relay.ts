import type { OutgoingMessage } from '../port.ts';
import type { RelayAddress } from './relay-url.ts';
import { SmtpSession, type Attempt } from './smtp-session.ts';

/** Relays drop connections that take too many messages; leaving first is politer. */
const MESSAGES_PER_CONNECTION = 500;
/** How long a relay that could not be reached is left alone while another one can be. */
const REST_MILLISECONDS = 30_000;

/** Why a relay is of no use now: a code such as `EAUTH` or `ESOCKET`, as error texts can quote secrets. */
export type RelayTrouble = Readonly<{ code: string; reply?: number }>;

const troubleOf = (error: unknown): RelayTrouble => {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown };
  return {
    code: typeof code === 'string' ? code : 'unknown',
    ...(typeof responseCode === 'number' && { reply: responseCode }),
  };
};

/** One relay and the connections to it. */
export class Relay {
  readonly #address: RelayAddress;
  readonly #idle: SmtpSession[] = [];
  readonly #busy = new Set<SmtpSession>();
  readonly #onTrouble: (trouble: RelayTrouble) => void;
  #restUntil = 0;

  /** `onTrouble` hears of a relay that cannot be used once each time it begins to rest. */
  constructor(address: RelayAddress, onTrouble: (trouble: RelayTrouble) => void) {
    this.#address = address;
    this.#onTrouble = onTrouble;
  }

  /** True for a while after a connection could not be made. */
  isResting(now: number): boolean {
    return now < this.#restUntil;
  }

  /** Sends over an idle connection or a new one. Never rejects. */
  async send(message: OutgoingMessage): Promise<Attempt> {
    for (let session = this.#takeIdle(); session; session = this.#takeIdle()) {
      const attempt = await this.#sendOver(session, message);
      // The relay had closed the idle connection: nothing of the message was sent.
      if (attempt.kind === 'outcome') return attempt;
    }
    const session = await this.#connect();
    return session === undefined ? { kind: 'not-begun' } : this.#sendOver(session, message);
  }

  close(): void {
    for (const session of this.#idle) session.quit();
    for (const session of this.#busy) session.close();
    this.#idle.length = 0;
    this.#busy.clear();
  }

  async #connect(): Promise<SmtpSession | undefined> {
    try {
      const session = await SmtpSession.open(this.#address);
      this.#restUntil = 0;
      return session;
    } catch (error) {
      // Refused, timed out, no TLS, or credentials refused: whatever it is, this relay is of no use now.
      const now = Date.now();
      if (!this.isResting(now)) {
        this.#restUntil = now + REST_MILLISECONDS;
        this.#onTrouble(troubleOf(error));
      }
      return undefined;
    }
  }

  #takeIdle(): SmtpSession | undefined {
    for (let session = this.#idle.pop(); session; session = this.#idle.pop()) {
      if (session.isOpen) return session;
    }
    return undefined;
  }

  async #sendOver(session: SmtpSession, message: OutgoingMessage): Promise<Attempt> {
    this.#busy.add(session);
    const attempt = await session.send(message);
    const isAccepted = attempt.kind === 'outcome' && attempt.outcome.status === 'accepted';
    if (session.isOpen && !isAccepted) await session.reset();
    this.#busy.delete(session);
    if (!session.isOpen) return attempt;
    if (session.sent >= MESSAGES_PER_CONNECTION) session.quit();
    else this.#idle.push(session);
    return attempt;
  }
}
