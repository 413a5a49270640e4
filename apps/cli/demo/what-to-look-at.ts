import { relative } from 'node:path';
import type { Output } from '../terminal/output.ts';
import type { DemoClient } from './demo-client.ts';
import type { DemoFolder } from './demo-folder.ts';
import type { Made } from './made.ts';
import { explain, type Explained } from './steps/pick-people.ts';

type Shown = Readonly<{
  made: Made;
  client: DemoClient;
  folder: DemoFolder;
  output: Output;
  staysOn: boolean;
}>;

/** Where to look, and two answers to "may we write to this person": a yes and a no, with their reasons. */
export const whatToLookAt = async ({
  made,
  client,
  folder,
  output,
  staysOn,
}: Shown): Promise<void> => {
  const { publisher, mailable, expired, left } = made;
  const account = client.with(publisher.apiKey);
  const { saturday } = publisher.listIds;
  const yes = await explain(account, mailable, saturday);
  const no = await explain(account, expired, saturday);
  const links = linksOf(made, client.url);
  const asking = commandsFor(made, folder, client.url);
  const document = {
    url: client.url,
    dataDirectory: folder.path,
    apiKeyFile: folder.keyFile,
    accountId: publisher.accountId,
    recipients: { mailable, expired, left, visitor: made.visitor },
    counts: {
      imported: made.imported,
      sent: made.sent.sent,
      skipped: made.sent.skipped,
      unsubscribed: made.unsubscribed,
    },
    links,
    explain: { yes, no },
  };
  output.result(document, [
    '',
    output.words({ fr: 'À voir :', en: 'What to look at:' }),
    ...Object.entries(links).map(([name, url]) => `  ${titleOf(name, output).padEnd(26)} ${url}`),
    '',
    output.words({
      fr: 'L’histoire d’une personne désabonnée en un clic, et son dossier de consentement :',
      en: 'The history of a person who unsubscribed with one click, and their consent dossier:',
    }),
    ...asking.map((command) => `  ${command}`),
    '',
    ...decision(yes, mailable, output),
    '',
    ...decision(no, expired, output),
    ...(staysOn
      ? ['', output.words({ fr: 'Ctrl-C arrête tout.', en: 'Ctrl-C stops everything.' })]
      : []),
  ]);
};

const linksOf = ({ publisher, messageId, viewUrl }: Made, url: string) => ({
  form: `${url}/f/${publisher.formId}`,
  mailbox: `${url}/mailbox`,
  message: `${url}/mailbox/${messageId}`,
  viewInBrowser: viewUrl,
  documentation: `${url}/docs`,
});

const TITLES: Readonly<Record<string, Readonly<{ fr: string; en: string }>>> = {
  form: { fr: 'Le formulaire', en: 'The form' },
  mailbox: { fr: 'Le courrier envoyé', en: 'The mail that was sent' },
  message: { fr: 'Un message', en: 'One message' },
  viewInBrowser: { fr: '… dans le navigateur', en: '… in the browser' },
  documentation: { fr: 'La documentation de l’API', en: 'The API’s documentation' },
};

const titleOf = (name: string, output: Output): string => {
  const title = TITLES[name];
  return title === undefined ? name : output.words(title);
};

/** The same question to the command line and to the API, and every proof as a page. */
const commandsFor = (
  { publisher, left }: Made,
  folder: DemoFolder,
  url: string,
): readonly string[] => {
  const here = (path: string): string => {
    const shorter = relative(process.cwd(), path);
    return shorter.startsWith('..') ? path : shorter;
  };
  const onData = `${left} --account ${publisher.accountId} --data-dir ${here(folder.path)}`;
  return [
    `npx attesta recipient timeline ${onData}`,
    `curl -H "Authorization: Bearer $(cat ${here(folder.keyFile)})" ${url}/v1/recipients/${left}/timeline`,
    `npx attesta recipient dossier ${onData} --output dossier.html`,
  ];
};

const decision = (explained: Explained, id: string, output: Output): readonly string[] => {
  const verdict = explained.allow
    ? output.words({ fr: 'OUI', en: 'YES' })
    : output.words({ fr: 'NON', en: 'NO' });
  const question = output.words({ fr: 'Peut-on écrire à', en: 'May we write to' });
  return [
    `${question} ${id} ? ${verdict}`,
    ...explained.reasons.map(({ text, code }) => `  ${text[output.language]} (${code})`),
  ];
};
