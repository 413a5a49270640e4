import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CivilDate, clear, WordingId } from '#domain/kernel/index';
import {
  CONSENTED_TRACKING,
  TRACKING_MODES,
  UNCONSENTED_TRACKING,
  type At,
  type RecipientCommand,
  type TrackingMode,
} from '#domain/recipient/index';
import { Needs } from '../http/access/access.ts';
import type { Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem } from '../http/problem.ts';
import { Choice, Day, Id, Nested, Text } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { References } from '../references.ts';
import { EvidenceDto, evidenceIn, proofOf } from './consent.dto.ts';
import { RecipientAnswer } from './recipient.dto.ts';
import { recipientAnswer, Recipients } from './recipients.ts';
import { besideConsent } from './beside-consent.ts';

export class TrackingDto {
  @Choice(TRACKING_MODES, {
    description: '`hygiene` and `individual` need a consent of their own: date, method, and proof.',
  })
  mode!: TrackingMode;

  @Day({ optional: true, description: 'When the person agreed to be tracked.' })
  date?: string;

  @Text({ max: 500, optional: true })
  method?: string;

  @Text({ max: 500, optional: true })
  source?: string;

  @Id(WordingId, { optional: true, description: 'What the person was shown.' })
  wordingId?: WordingId;

  @Nested(() => EvidenceDto, { optional: true })
  evidence?: EvidenceDto;
}

const fault = (path: string, message: string) =>
  problem('invalid-request', 'The tracking is not as described. See errors.', {
    errors: [{ path, code: 'invalid', message }],
  });

const OF_A_CONSENT = ['date', 'method', 'source', 'wordingId', 'evidence'] as const;

/** How closely one person's reading is followed; a record apart from the permission to send (P-18, P-20). */
@ApiTags('recipients')
@Needs('recipients:write')
@Controller('v1/recipients/:id/tracking')
export class TrackingController {
  readonly #recipients: Recipients;
  readonly #references: References;

  constructor(recipients: Recipients, references: References) {
    this.#recipients = recipients;
    this.#references = references;
  }

  @Put()
  @Does('Set how closely the person is tracked', { status: 200, type: RecipientAnswer })
  async set(
    @Param('id') id: string,
    @Body() body: TrackingDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = commandOf(body, at);
    const options = await besideConsent(this.#references, caller.accountId, body);
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller, options));
  }
}

const commandOf = (body: TrackingDto, at: At): RecipientCommand => {
  const unconsented = UNCONSENTED_TRACKING.find((mode) => mode === body.mode);
  if (unconsented !== undefined) {
    const idle = OF_A_CONSENT.find((key) => body[key] !== undefined);
    if (idle !== undefined) throw fault(idle, 'belongs to a mode that needs consent');
    return { type: 'WithdrawTrackingConsent', ...at, via: 'client', mode: unconsented };
  }
  const mode = CONSENTED_TRACKING.find((each) => each === body.mode);
  if (mode === undefined) throw new Error('A mode that is none of the two kinds.');
  if (body.date === undefined) throw fault('date', 'must say when the person agreed');
  const proof = proofOf(body);
  return {
    type: 'GiveTrackingConsent',
    ...at,
    via: 'client',
    mode,
    date: CivilDate(body.date),
    proof: clear(proof),
    evidence: evidenceIn(body, proof),
  };
};
