import type { Provider, Type } from '@nestjs/common';
import type { Keyring } from '#libs/keyring/index';
import type { Mailbox } from '#libs/mailer/mailbox/port';
import { ListNames } from '../lists/list-names.ts';
import { Previews } from '../newsletters/previews.ts';
import { PublicUrl } from '../public-url.ts';
import { ReadModels } from '../reading/read-models.ts';
import { Recipients } from '../recipients/recipients.ts';
import { ConsentStatements } from '../statements/consent-statements.ts';
import { Streams } from '../streams.ts';
import { ConsentController } from './consent/consent.controller.ts';
import { ConsentAnswers } from './consent/consent-answers.ts';
import { ConsentQuestions } from './consent/consent-questions.ts';
import { ConsentView } from './consent/consent-view.ts';
import { ConfirmController } from './confirm/confirm.controller.ts';
import { FormController } from './form/form.controller.ts';
import { FormSubscriptions } from './form/form-subscriptions.ts';
import { OpenForms } from './form/open-forms.ts';
import { MailboxController, OpenMailbox } from './mailbox/mailbox.controller.ts';
import { ActingPerson } from './people/acting-person.ts';
import { Links } from './people/links.ts';
import { PageLists } from './people/page-lists.ts';
import { Publishers } from './people/publishers.ts';
import { Visitors } from './people/visitors.ts';
import { WaysBack } from './people/ways-back.ts';
import { PreferencesController } from './preferences/preferences.controller.ts';
import { PreferencesView } from './preferences/preferences-view.ts';
import { Returns } from './preferences/returns.ts';
import { StyleController } from './style/style.controller.ts';
import { OneClick } from './unsubscribe/one-click.ts';
import { UnsubscribePageController } from './unsubscribe/unsubscribe.controller.ts';
import { UnsubscribeView } from './unsubscribe/unsubscribe-view.ts';
import { NewsletterViews } from './view/newsletter-views.ts';
import { ViewController } from './view/view.controller.ts';

/** Pages that people open without a key. */
export const publicControllers: Type[] = [
  FormController,
  ConfirmController,
  ConsentController,
  UnsubscribePageController,
  PreferencesController,
  ViewController,
  MailboxController,
  StyleController,
];

const made = <T>(type: Type<T>, ...inject: Type[]): Provider => ({
  provide: type,
  useFactory: (...parts: unknown[]): T => new type(...(parts as unknown as never[])),
  inject,
});

export const publicServices: Provider[] = [
  made(Publishers, Streams),
  made(PageLists, Streams, ReadModels),
  made(OpenForms, Streams, Publishers, PageLists),
  made(Visitors, Streams, Publishers),
  made(ActingPerson, Streams, Recipients),
  made(ConsentStatements, Streams),
  made(FormSubscriptions, ActingPerson, Recipients, ConsentStatements, PublicUrl),
  made(OneClick, Links, Visitors, ActingPerson),
  made(WaysBack, OpenForms, PublicUrl),
  made(UnsubscribeView, PageLists, Links, WaysBack),
  made(ConsentQuestions, Streams),
  made(Returns, ActingPerson, ConsentQuestions, ConsentStatements, PageLists),
  made(PreferencesView, Streams, PageLists, Links, WaysBack, Returns),
  made(ConsentView, Streams, ConsentQuestions, Links, WaysBack),
  made(ConsentAnswers, Streams, ActingPerson, ConsentQuestions, ConsentStatements),
  made(NewsletterViews, Streams, Visitors, Links, Previews, ListNames),
];

type Outside = Readonly<{ keyring: Keyring; mailbox?: Mailbox }>;

/** What needs something from outside. */
export const publicOutside = ({ keyring, mailbox }: Outside, url: PublicUrl): Provider[] => [
  { provide: Links, useValue: new Links(keyring, url) },
  { provide: OpenMailbox, useValue: new OpenMailbox(mailbox) },
];
