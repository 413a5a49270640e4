import type { Language } from '#domain/kernel/index';
import { html, type Part } from '../html/html.ts';
import { ownName } from '../html/language.ts';
import { doneNotice } from '../html/notice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import type { Publisher } from '../people/publishers.ts';

export type ViewPage = Readonly<{
  publisher: Publisher;
  setting: Setting;
  subject: string;
  /** Where the newsletter itself is: shown in a frame that runs no script. */
  contentPath: string;
  /** Offered when this is not the language that the person receives, and could be. */
  switchTo: Language | undefined;
  /** The person's language was just changed to this one. */
  switched?: Language;
  status?: number;
}>;

const WORDS = {
  fr: {
    frame: 'Le courriel\u00a0:',
    switchTo: (language: string) => `Recevoir désormais en ${language}`,
    done: (language: string) => `Vous recevrez désormais nos courriels en ${language}.`,
  },
  en: {
    frame: 'The e-mail:',
    switchTo: (language: string) => `Receive in ${language} from now on`,
    done: (language: string) => `You will receive our e-mails in ${language} from now on.`,
  },
};

/** `français` within a French sentence, `French` within an English one. */
const named = (language: Language, within: Setting): string =>
  new Intl.DisplayNames([within.language], { type: 'language' }).of(language) ?? ownName(language);

/** A newsletter in the browser. Looking at another language changes nothing; the button does (LNG-1, P-24). */
export const viewPage = (shown: ViewPage): Page => {
  const { publisher, setting, subject, contentPath, switched, status = 200 } = shown;
  const words = wordsOf(WORDS, setting);
  return page({
    setting,
    status,
    brand: publisher.terms.name,
    title: subject,
    wide: true,
    main: html`<div class="bar">
        ${
          switched === undefined
            ? html`<h1>${subject}</h1>`
            : doneNotice(words.done(named(switched, setting)))
        }
        ${switchButton(shown, words)}
      </div>
      <iframe
        title="${words.frame} ${subject}"
        src="${contentPath}"
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
        referrerpolicy="no-referrer"
      ></iframe>`,
  });
};

const switchButton = ({ setting, switchTo }: ViewPage, words: typeof WORDS.en): Part =>
  switchTo !== undefined &&
  html`<form method="post">
    <input type="hidden" name="language" value="${switchTo}" />
    <button type="submit" class="second">${words.switchTo(named(switchTo, setting))}</button>
  </form>`;
