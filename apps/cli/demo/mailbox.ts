import { DemoFailed, type DemoClient } from './demo-client.ts';

export type MailboxLine = Readonly<{ id: string; subject: string; to: string }>;

const ROW =
  /<a href="[^"]*\/mailbox\/([^/?"]+)[^"]*">\s*<span class="subject">([\s\S]*?)<\/span>[\s\S]*?<span class="who">\S+ ([\s\S]*?)<\/span>/g;
const OLDER = /href="([^"]*\/mailbox\?[^"]*before=\d+[^"]*)"/;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  '#39': "'",
};

const unescaped = (html: string): string =>
  html.replace(/&(lt|gt|quot|amp|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);

/** Reads the built-in mailbox by its pages, as a person does. */
export class MailboxPages {
  readonly #client: DemoClient;

  constructor(client: DemoClient) {
    this.#client = client.with(undefined);
  }

  /** At most so many messages, newest first. */
  async newest(limit: number): Promise<readonly MailboxLine[]> {
    const lines: MailboxLine[] = [];
    for (let path: string | undefined = '/mailbox'; path !== undefined && lines.length < limit;) {
      const page: string = await this.#client.page(path);
      for (const [, id = '', subject = '', to = ''] of page.matchAll(ROW)) {
        lines.push({ id, subject: unescaped(subject), to: unescaped(to) });
      }
      const older: string | undefined = OLDER.exec(page)?.[1];
      path = older === undefined ? undefined : unescaped(older);
    }
    return lines.slice(0, limit);
  }

  /** Waits for a message to an address that is not among those seen before. */
  async next(to: string, seen: readonly MailboxLine[] = []): Promise<MailboxLine> {
    const known = new Set(seen.map(({ id }) => id));
    return this.#client.until('a message in the mailbox', async () =>
      (await this.newest(25)).find((line) => line.to.includes(to) && !known.has(line.id)),
    );
  }

  /** The message as it went out. */
  async source(id: string): Promise<string> {
    const page = await this.#client.page(`/mailbox/${id}?part=source`);
    const source = /<pre>([\s\S]*?)<\/pre>/.exec(page)?.[1];
    if (source === undefined) throw new DemoFailed('the mailbox shows no source of a message');
    return unescaped(source).replace(/\r\n/g, '\n');
  }

  /** One header of a message, unfolded. */
  async header(id: string, name: string): Promise<string> {
    const [head = ''] = (await this.source(id)).split('\n\n', 1);
    const unfolded = head.replace(/\n[ \t]+/g, ' ');
    const line = unfolded
      .split('\n')
      .find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    if (line === undefined) throw new DemoFailed(`a message has no header ${name}`);
    return line.slice(name.length + 1).trim();
  }

  /** The link of a message that leads to a page of the product, such as `view` or `confirm`. */
  async link(id: string, kind: 'v' | 'confirm'): Promise<string> {
    const html = await this.#client.page(`/mailbox/${id}/content`);
    const link = new RegExp(`href="([^"]*/${kind}/[^"]+)"`).exec(html)?.[1];
    if (link === undefined) throw new DemoFailed(`a message has no link to /${kind}/`);
    return unescaped(link);
  }
}
