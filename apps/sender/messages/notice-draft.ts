import { hash } from 'node:crypto';
import { primaryLanguage, type Language, type Texts } from '#domain/kernel/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import type { Content } from '#libs/rendering/index';
import { confirmationContent } from '../notices/confirmation.ts';
import { consentRequestContent } from '../notices/consent-request.ts';
import { welcomeContent } from '../notices/welcome.ts';
import type { ContentCompiler, HashedContent } from './content-compiler.ts';
import { confirmationHeaders, welcomeHeaders } from './headers.ts';
import type { Draft, DraftParts } from './draft.ts';
import { commonValues, shownLists, textIn } from './shown-values.ts';

type InBoth<T> = Readonly<{ fr: T; en: T }>;
export type NoticeContents = Readonly<{
  confirmation: InBoth<HashedContent>;
  welcome: InBoth<HashedContent>;
  consentRequest: InBoth<HashedContent>;
}>;

/** SHA-256 (hex) of the canonical JSON of a text of ours, as of a newsletter's version (RFC 8785). */
const hashOf = (content: Content): string => hash('sha256', canonicalJson(content));

/** Our own texts; a fault in them is a bug. */
export const compileNotices = async (compiler: ContentCompiler): Promise<NoticeContents> => {
  const one = async (name: string, content: Content): Promise<HashedContent> => {
    const compiled = await compiler.compile({ ...content, hash: hashOf(content) });
    if (compiled === undefined) throw new Error(`The notice ${name} does not compile.`);
    return compiled;
  };
  return {
    confirmation: {
      fr: await one('confirmation', confirmationContent.fr),
      en: await one('confirmation', confirmationContent.en),
    },
    welcome: {
      fr: await one('welcome', welcomeContent.fr),
      en: await one('welcome', welcomeContent.en),
    },
    consentRequest: {
      fr: await one('consent-request', consentRequestContent.fr),
      en: await one('consent-request', consentRequestContent.en),
    },
  };
};

/** Our own texts are in two languages: French for those who read it, English for everybody else. */
export const noticeLanguage = (wanted: Language): 'fr' | 'en' =>
  primaryLanguage(wanted) === 'fr' ? 'fr' : 'en';

/**
 * The account's own words, in the notice's language only: a text in another one would be half a mail. Undefined, not
 * empty, where there are none: Liquid takes an empty text for something.
 */
const ownWords = (texts: Texts | undefined, language: 'fr' | 'en'): string | undefined => {
  const tag = Object.keys(texts ?? {}).find((each) => each.split('-', 1)[0] === language);
  return tag === undefined ? undefined : texts?.[tag];
};

/** The mail that answers a form submission; undefined when its form is not known. */
export const noticeDraft = (parts: DraftParts, notices: NoticeContents): Draft | undefined => {
  const { delivery, recipient, party, materials, links, returnAddress } = parts;
  const { content, accountId, listIds } = delivery;
  if (content === undefined || !('formId' in content) || accountId === undefined) return undefined;
  const form = materials.forms.get(content.formId);
  if (form === undefined) return undefined;
  const language = noticeLanguage(recipient.language);
  const tag = language as Language;
  const common = commonValues(parts, tag);
  const lists = shownLists(listIds, materials.listNames, tag);
  const { welcome } = form;
  const [first] = listIds;
  const firstName = first === undefined ? undefined : materials.listNames.get(first);
  const isWelcome = content.kind === 'welcome';
  return {
    language: tag,
    content: notices[content.kind][language],
    isUnsubscribable: isWelcome,
    values: isWelcome
      ? {
          ...common,
          lists,
          form: {
            subject: ownWords(welcome.subject, language),
            text: ownWords(welcome.text, language),
          },
        }
      : { ...common, lists, links },
    headers: isWelcome
      ? welcomeHeaders({
          accountId,
          accountName: party.terms.name,
          senderAddress: party.sender.email,
          listIds,
          listName: firstName && textIn(firstName, tag),
          unsubscribeUrl: links.unsubscribe,
          preferencesUrl: links.preferences,
          campaign: content.formId,
          type: 'welcome',
          returnAddress,
        })
      : confirmationHeaders(),
  };
};
