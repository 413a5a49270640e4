import { createTransport } from 'nodemailer';
import { SENDER } from '#apps/sender/testing/seed';
import { mailRenderer, senderBlock, type CompiledContent } from '#libs/rendering/index';
import { addressOf, FIRST_NAME, NEWSLETTER } from './newsletter.ts';

export type NodemailerSender = Readonly<{
  /** Sends the newsletter to everybody and answers how many seconds that took. */
  send: (recipients: number) => Promise<number>;
  close: () => void;
}>;

/** As long as the product's links, whose tokens say whose they are. */
const link = (kind: string, index: number): string =>
  `https://mail.example/${kind}/${'T'.repeat(120)}${String(index)}`;

const compileNewsletter = async (): Promise<CompiledContent> => {
  const compiled = await mailRenderer().compile(NEWSLETTER);
  if (!compiled.ok) throw new Error('The newsletter does not compile.');
  return compiled.value;
};

const messageTo = (content: CompiledContent, index: number) => {
  const to = addressOf(index);
  const parts = content.parts({
    recipient: { email: to, language: NEWSLETTER.language },
    fields: { firstName: FIRST_NAME },
    sender: { block: senderBlock(SENDER, NEWSLETTER.language) },
    links: {
      unsubscribe: link('u', index),
      preferences: link('p', index),
      viewInBrowser: link('v', index),
    },
  });
  const headers = {
    'List-Id': '<list.example>',
    'List-Unsubscribe': `<${link('u', index)}>, <mailto:news@cafe.example?subject=unsubscribe>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Help': `<${link('p', index)}>`,
    'Feedback-ID': 'a:b:newsletter:attesta',
    Precedence: 'bulk',
  };
  return { from: { name: SENDER.name, address: SENDER.email }, to, headers, ...parts };
};

/** nodemailer's own pool composing the same messages, with nothing decided, checked or recorded. */
export const nodemailerSender = async (
  options: Readonly<{ url: string; connections: number }>,
): Promise<NodemailerSender> => {
  const content = await compileNewsletter();
  const { hostname: host, port } = new URL(options.url);
  const transport = createTransport({
    pool: true,
    host,
    port: Number(port),
    maxConnections: options.connections,
    maxMessages: Infinity,
  });
  return {
    send: async (recipients) => {
      const start = performance.now();
      const indexes = Array.from({ length: recipients }, (_, index) => index).values();
      const sendNext = async (): Promise<void> => {
        for (const index of indexes) await transport.sendMail(messageTo(content, index));
      };
      // Twice as many as connections, so that the next message is composed before one is free.
      await Promise.all(Array.from({ length: options.connections * 2 }, sendNext));
      return (performance.now() - start) / 1_000;
    },
    close: () => {
      transport.close();
    },
  };
};
