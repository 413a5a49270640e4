import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NewsletterId } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { newsletterStream, type Newsletter } from '#domain/newsletter/index';
import { uuidV5 } from '#libs/ledger/ids';
import { Needs } from '../http/access/access.ts';
import { found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem, unknown } from '../http/problem.ts';
import { Does } from '../openapi/operation.ts';
import { owned, type Present } from '../owned.ts';
import { Streams } from '../streams.ts';
import { TestAnswer, TestDto, type TestMessageAnswer } from './newsletter.dto.ts';
import { chosenVersion, Previews, type Chosen } from './previews.ts';
import { testAddresses, testMessage, TestSender, testView } from './test-mail.ts';

/** A newsletter in the hands of those who made it, before anybody else gets it (SND-1). */
@ApiTags('newsletters')
@Needs('content')
@Controller('v1/newsletters/:id/test')
export class TestController {
  readonly #streams: Streams;
  readonly #previews: Previews;
  readonly #sender: TestSender;

  constructor(streams: Streams, previews: Previews, sender: TestSender) {
    this.#streams = streams;
    this.#previews = previews;
    this.#sender = sender;
  }

  @Post()
  @Does('Send a newsletter to people who check it', { status: 200, type: TestAnswer })
  async test(
    @Param('id') id: string,
    @Body() body: TestDto,
    @Calling() caller: Caller,
  ): Promise<Answer<TestAnswer>> {
    if (!NewsletterId.is(id)) throw unknown('newsletter');
    const { state: newsletter } = owned(
      await this.#streams.read(newsletterStream, id),
      caller,
      'newsletter',
    );
    const addresses = testAddresses(body.to);
    const messages: TestMessageAnswer[] = [];
    for (const chosen of versionsOf(newsletter, body.language)) {
      const about = { id, name: newsletter.name };
      messages.push(...(await this.#send(about, chosen, addresses, caller)));
    }
    return found({ messages });
  }

  async #send(
    newsletter: Readonly<{ id: string; name: string }>,
    { version, language }: Chosen,
    addresses: readonly string[],
    caller: Caller,
  ): Promise<TestMessageAnswer[]> {
    const { accountId, commandId } = caller;
    const account = await this.#streams.recent(accountStream, accountId);
    const content = await this.#previews.compile(version);
    const links = this.#previews.links();
    const answers: TestMessageAnswer[] = [];
    for (const [index, to] of addresses.entries()) {
      const name = uuidV5(commandId, `${language}.${String(index)}`);
      const messageId = this.#sender.messageId(name);
      const date = new Date(this.#streams.now());
      const message = testMessage({
        accountId,
        account,
        newsletter,
        version,
        content,
        links,
        to,
        messageId,
        date,
      });
      answers.push(testView(index, language, await this.#sender.send(message)));
    }
    return answers;
  }
}

const versionsOf = (
  newsletter: Present<Newsletter>,
  asked: string | undefined,
): readonly Chosen[] => {
  if (newsletter.versions.size === 0) throw problem('version-missing', 'Set a version first.');
  if (asked === undefined) {
    return [...newsletter.versions].map(([language, version]) => ({ language, version }));
  }
  const [first] = newsletter.versions.keys();
  return first === undefined ? [] : [chosenVersion(newsletter, asked, first)];
};
