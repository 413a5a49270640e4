import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { consentRecords, recipientStream, type ConsentRecord } from '#domain/recipient/index';
import { Does } from '../../openapi/operation.ts';
import { Streams } from '../../streams.ts';
import { References } from '../../references.ts';
import { ConsentDto, grantWithProof, remarksOn } from '../consent.dto.ts';
import { ConsentRecordsAnswer, type ConsentRecordAnswer } from './consent-records.dto.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientAnswer, Recipients } from '../recipients.ts';
import { besideConsent } from '../beside-consent.ts';

/** A body without anything in it; whatever is sent is refused. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- that it has no property is its meaning
export class NothingDto {}

/** Permissions to send (CON-1). */
@ApiTags('recipients')
@Controller('v1/recipients/:id/consents')
export class ConsentsController {
  readonly #recipients: Recipients;
  readonly #references: References;
  readonly #streams: Streams;

  constructor(recipients: Recipients, references: References, streams: Streams) {
    this.#recipients = recipients;
    this.#references = references;
    this.#streams = streams;
  }

  @Get()
  @Needs('recipients:read')
  @Does('Every consent that was ever recorded, and how it stands today', {
    status: 200,
    type: ConsentRecordsAnswer,
  })
  async list(
    @Param('id') id: string,
    @Calling() caller: Caller,
  ): Promise<Answer<ConsentRecordsAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const history = await this.#streams.ledger.read(recipientStream, own.id);
    const events = history.map(({ event }) => event);
    const items = consentRecords(events, at.today).map((record): ConsentRecordAnswer => {
      const recorded = history[record.consent.revision];
      if (recorded === undefined) throw new Error('A consent without its event.');
      const { id: eventId, metadata } = recorded;
      return { eventId, ...shown(record), recordedAt: metadata.recordedAt };
    });
    return found({ items }, own.facts);
  }

  @Post()
  @Needs('recipients:write')
  @Does('Record a consent', { status: 200, type: RecipientAnswer })
  async record(
    @Param('id') id: string,
    @Body() body: ConsentDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { terms, at } = await this.#recipients.setting(caller.accountId);
    const { organisationType } = terms;
    const command = {
      type: 'RecordConsent',
      ...at,
      ...grantWithProof(body, organisationType),
      organisationType,
    } as const;
    const options = await besideConsent(this.#references, caller.accountId, body);
    const done = await this.#recipients.run(own.id, command, caller, options);
    return recipientAnswer(id, done, remarksOn(body));
  }

  @Post('withdraw')
  @Needs('recipients:write')
  @Does('Record that the person withdrew their consent', { status: 200, type: RecipientAnswer })
  async withdraw(
    @Param('id') id: string,
    @Body() _body: NothingDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = { type: 'WithdrawConsent', ...at } as const;
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller));
  }
}

const shown = ({ consent, firstDay, lastDay, state, endedAt }: ConsentRecord) => ({
  revision: consent.revision,
  kind: consent.kind,
  ...(consent.kind === 'implied' && { basis: consent.basis }),
  date: consent.date,
  ...(firstDay !== undefined && { firstDay }),
  ...(lastDay !== undefined && { lastDay }),
  state,
  ...(endedAt !== undefined && { endedAt }),
});
