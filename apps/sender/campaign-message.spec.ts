import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { deliveryStream } from '#domain/delivery/index';
import type { Language } from '#domain/kernel/index';
import { newsletterStream } from '#domain/newsletter/index';
import { openLink } from '#libs/public-links/index';
import { person, useCampaignScene } from './testing/campaign-scene.ts';
import { SENDER } from './testing/seed.ts';
import { deliveryKeyOf, fakeMailer } from './testing/sender-world.ts';

const en = 'en' as Language;
const scene = useCampaignScene();

describe('the claim of a message (C-29)', () => {
  it('names the content that is sent by the hash of its version', async () => {
    const { seed, engines } = scene.world;
    const newsletterId = await seed.newsletter();
    await seed.people([
      person('anna', [scene.listA]),
      person('bert', [scene.listA], { language: en }),
    ]);
    await scene.world.start(fakeMailer());
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.completed(campaignId);

    const written = await engines.ledger.read(newsletterStream, newsletterId);
    for (const [name, language] of [
      ['anna', 'fr'],
      ['bert', 'en'],
    ] as const) {
      const recipientId = await seed.recipientId(`${name}@example.org`);
      const history = await engines.ledger.read(
        deliveryStream,
        deliveryKeyOf(newsletterId, recipientId),
      );
      const claim = history.find(({ event }) => event.type === 'DeliveryAttempted')?.event;
      const version = written.find(
        ({ event }) => event.type === 'NewsletterVersionSet' && event.data.language === language,
      )?.event;
      expect(claim?.data).toMatchObject({
        language,
        contentHash: version?.type === 'NewsletterVersionSet' && version.data.hash,
      });
    }
  });
});

describe('a campaign (SND-2)', () => {
  it('carries the headers of a newsletter and links of its own (M-01..M-03, M-06, M-13)', async () => {
    const { seed, engines } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [scene.listA])]);
    const mailer = fakeMailer();
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.completed(campaignId);

    const [message] = mailer.sent;
    const mail = await simpleParser(message!.source);
    const header = (name: string): string =>
      mail.headerLines
        .filter(({ key }) => key === name)
        .map(({ line }) =>
          line
            .slice(line.indexOf(':') + 1)
            .replace(/\r\n/g, '')
            .trim(),
        )
        .join('|');
    const token = /<https:\/\/mail\.attesta\.example\/u\/([\w-]+)>/.exec(
      header('list-unsubscribe'),
    )?.[1];
    expect(openLink(engines.keyring.tokenKey(), 'unsubscribe', token!)).toMatchObject({
      accountId: seed.accountId,
      recipientId: anna,
      about: newsletterId,
    });
    expect(header('list-unsubscribe')).toMatch(
      /^<https:[^>]+>, <mailto:news@cafe\.example\?subject=unsubscribe>$/,
    );
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header('list-id')).toMatch(
      new RegExp(`<${scene.listA}\\.${seed.accountId}\\.cafe\\.example>$`),
    );
    expect(header('feedback-id')).toBe(`${campaignId}:${seed.accountId}:newsletter:attesta`);
    expect(header('precedence')).toBe('bulk');
    expect(header('list-help')).toContain('https://mail.attesta.example/p/');
    expect(mail.from?.value).toEqual([{ name: SENDER.name, address: SENDER.email }]);
    expect(mail.html).toContain(`https://mail.attesta.example/u/${token!}`);
    expect(mail.text).toContain(`https://mail.attesta.example/u/${token!}`);
    expect(mail.messageId).toBe(`<${message!.messageId}>`);
    expect(message!.envelope.from).toBe(SENDER.email);
  });

  it('names the message in the return address where a host takes bounces (M-20)', async () => {
    const { seed } = scene.world;
    await seed.people([person('anna', [scene.listA])]);
    const mailer = fakeMailer();
    await scene.world.start(mailer, { returnHost: 'bounces.attesta.example' });
    const campaignId = await seed.startedCampaign(await seed.newsletter(), [scene.listA]);
    await scene.completed(campaignId);
    const name = mailer.sent[0]!.messageId.split('@')[0]!;
    expect(mailer.sent[0]!.envelope.from).toMatch(
      new RegExp(`^b\\+${name}\\.[a-v0-9]{26}@bounces`),
    );
    expect(mailer.sent[0]!.source.toString()).toMatch(
      /<mailto:u\+[a-z0-9.]+@bounces\.attesta\.example/,
    );
  });
});
