import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isShredded, NewsletterId } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { newsletterStream } from '#domain/newsletter/index';
import type { Recipient } from '#domain/recipient/index';
import { Needs } from '../http/access/access.ts';
import { found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem, unknown } from '../http/problem.ts';
import { Does } from '../openapi/operation.ts';
import { owned } from '../owned.ts';
import { ListNames } from '../lists/list-names.ts';
import { Recipients } from '../recipients/recipients.ts';
import { Streams } from '../streams.ts';
import { PreviewAnswer, PreviewDto } from './newsletter.dto.ts';
import { chosenVersion, Previews } from './previews.ts';
import { templateValues, type ShownPerson } from './template-values.ts';

/** A newsletter as one recipient would see it (SND-1). */
@ApiTags('newsletters')
@Needs('content', 'recipients:read')
@Controller('v1/newsletters/:id/preview')
export class PreviewController {
  readonly #streams: Streams;
  readonly #recipients: Recipients;
  readonly #listNames: ListNames;
  readonly #previews: Previews;

  constructor(streams: Streams, recipients: Recipients, listNames: ListNames, previews: Previews) {
    this.#streams = streams;
    this.#recipients = recipients;
    this.#listNames = listNames;
    this.#previews = previews;
  }

  @Post()
  @Does('Render a newsletter as a recipient would see it', { status: 200, type: PreviewAnswer })
  async preview(
    @Param('id') id: string,
    @Body() body: PreviewDto,
    @Calling() caller: Caller,
  ): Promise<Answer<PreviewAnswer>> {
    if (!NewsletterId.is(id)) throw unknown('newsletter');
    const { state: newsletter } = owned(
      await this.#streams.read(newsletterStream, id),
      caller,
      'newsletter',
    );
    const { state: recipient } = await this.#recipients.own(body.recipientId, caller);
    const person = await this.#person(recipient);
    const { language, version } = chosenVersion(newsletter, body.language, person.language);
    const account = await this.#streams.recent(accountStream, caller.accountId);
    const links = this.#previews.links();
    const about = { id, name: newsletter.name };
    const request = await this.#previews.requests.ifSentNow({
      ...{ accountId: caller.accountId, account, recipient, language },
      ...{ newsletterId: id, url: links.consent },
      isAlwaysShown: body.consentRequest === true,
    });
    const values = templateValues({ account, language, person, links, newsletter: about, request });
    const parts = await this.#previews.parts(version, values);
    return found({ language, ...parts }, { subject: body.recipientId });
  }

  async #person(recipient: Recipient): Promise<ShownPerson> {
    const { address, fields, language, lists } = recipient;
    if (isShredded(address) || isShredded(fields)) {
      throw problem('erased', 'The person was erased. Choose another recipient.');
    }
    const joined = [...lists].flatMap(([id, { status }]) => (status === 'subscribed' ? [id] : []));
    return {
      email: address.reveal(),
      language,
      fields: fields.reveal(),
      lists: await this.#listNames.named(joined, language),
    };
  }
}
