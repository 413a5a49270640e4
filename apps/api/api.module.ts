import {
  Module,
  type Abstract,
  type DynamicModule,
  type Provider,
  type Type,
} from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { apiKeyStream } from '#domain/api-key/index';
import { StateCache } from '#libs/commands/index';
import { Uploads } from '#libs/uploads/index';
import { AccountController } from './account/account.controller.ts';
import { AccountWordings } from './accounts/account-wordings.ts';
import { AccountsController } from './accounts/accounts.controller.ts';
import { ApiKeysController } from './api-keys/api-keys.controller.ts';
import { Secrets } from './api-keys/secrets.ts';
import { Campaigns } from './campaigns/campaigns.ts';
import { CampaignsController } from './campaigns/campaigns.controller.ts';
import { DeliveriesController } from './campaigns/deliveries.controller.ts';
import { CampaignProgressController } from './campaigns/progress.controller.ts';
import { CarryOutHandler } from './commands/carry-out.handler.ts';
import type { ApiDependencies } from './dependencies.ts';
import { EventsController } from './events/events.controller.ts';
import { FieldsController } from './fields/fields.controller.ts';
import { FormsController } from './forms/forms.controller.ts';
import { RequestCheck } from './forms/request-check.ts';
import { HealthController } from './health/health.controller.ts';
import { gaugesOf } from './health/gauges.ts';
import { Readiness } from './health/readiness.ts';
import { AccessGuard } from './http/access/access.guard.ts';
import { authenticate } from './http/access/authenticate.ts';
import { AnswerInterceptor } from './http/answer.interceptor.ts';
import { Idempotency } from './http/idempotency/idempotency.ts';
import { Metrics } from './http/metrics.ts';
import { AccountTokens } from './http/tokens/account-tokens.ts';
import { RequestPipe } from './http/validation.pipe.ts';
import { ImportProgressController } from './imports/import-progress.controller.ts';
import { ImportRowsController } from './imports/import-rows.controller.ts';
import { ImportRows } from './imports/import-rows.ts';
import { Imports } from './imports/imports.ts';
import { ImportUndoController } from './imports/undo/import-undo.controller.ts';
import { LeftThings } from './imports/undo/left-things.ts';
import { ImportsController } from './imports/imports.controller.ts';
import { MappingCheck } from './imports/mapping-check.ts';
import { LARGEST_UPLOAD, UploadStage } from './imports/stage-upload.guard.ts';
import { ListNames } from './lists/list-names.ts';
import { ListsController } from './lists/lists.controller.ts';
import { Mailable } from './mailable/mailable.ts';
import { MailableController } from './mailable/mailable.controller.ts';
import { ContentCheck } from './newsletters/content-check.ts';
import { NewslettersController } from './newsletters/newsletters.controller.ts';
import { PreviewController } from './newsletters/preview.controller.ts';
import { Previews } from './newsletters/previews.ts';
import { RequestBlocks } from './newsletters/request-blocks.ts';
import { TestController } from './newsletters/test.controller.ts';
import { TestSender } from './newsletters/test-mail.ts';
import { DocumentController } from './openapi/document.controller.ts';
import { ApiDocument } from './openapi/api-document.ts';
import { publicControllers, publicOutside, publicServices } from './public/public-pages.ts';
import { PublicUrl } from './public-url.ts';
import { Catalogue } from './reading/catalogue.ts';
import { READ_MODELS } from './reading/models.ts';
import { ReadModels } from './reading/read-models.ts';
import { BatchController } from './recipients/batch/batch.controller.ts';
import { Batches } from './recipients/batch/batches.ts';
import { ConsentsController } from './recipients/consents/consents.controller.ts';
import { DossierController } from './recipients/dossier/dossier.controller.ts';
import { Dossiers } from './recipients/dossier/dossiers.ts';
import { EraseController } from './recipients/erase/erase.controller.ts';
import { Erasures } from './recipients/erase/erasures.ts';
import { AccountTermsOverTime } from './recipients/explain/account-terms.ts';
import { ExplainController } from './recipients/explain/explain.controller.ts';
import { MembershipsController } from './recipients/lists/memberships.controller.ts';
import { Profiles } from './recipients/profile.ts';
import { TrackingController } from './recipients/tracking.controller.ts';
import { ReactivateController } from './recipients/reactivate/reactivate.controller.ts';
import { ReceiptController } from './recipients/receipt/receipt.controller.ts';
import { ReceiptDesk } from './recipients/receipt/receipt-desk.ts';
import { ReceiptKeysController } from './recipients/receipt/receipt-keys.controller.ts';
import { RecipientController } from './recipients/recipient.controller.ts';
import { Recipients } from './recipients/recipients.ts';
import { SearchController } from './recipients/search/search.controller.ts';
import { SubscribeController } from './recipients/subscribe/subscribe.controller.ts';
import { Subscriptions } from './recipients/subscribe/subscriptions.ts';
import { TimelineController } from './recipients/timeline/timeline.controller.ts';
import { UnsubscribeController } from './recipients/unsubscribe/unsubscribe.controller.ts';
import { References } from './references.ts';
import { Streams } from './streams.ts';
import { WordingsController } from './wordings/wordings.controller.ts';

const controllers: Type[] = [
  AccountsController,
  ApiKeysController,
  AccountController,
  ListsController,
  FieldsController,
  WordingsController,
  FormsController,
  ImportsController,
  ImportRowsController,
  ImportUndoController,
  ImportProgressController,
  NewslettersController,
  PreviewController,
  TestController,
  CampaignsController,
  DeliveriesController,
  CampaignProgressController,
  SubscribeController,
  BatchController,
  SearchController,
  RecipientController,
  ConsentsController,
  TrackingController,
  MembershipsController,
  UnsubscribeController,
  ReactivateController,
  EraseController,
  TimelineController,
  ExplainController,
  DossierController,
  ReceiptController,
  ReceiptKeysController,
  MailableController,
  EventsController,
  HealthController,
  DocumentController,
  ...publicControllers,
];

/** Services that need others only: Nest puts them together by the types of their constructors. */
const made = <T>(type: Type<T>, ...inject: Type[]): Provider => ({
  provide: type,
  useFactory: (...parts: unknown[]): T => new type(...(parts as unknown as never[])),
  inject,
});

const services: Provider[] = [
  made(References, Streams),
  made(RequestCheck, Streams),
  made(AccountWordings, References, RequestCheck),
  made(ListNames, Streams),
  made(Catalogue, ReadModels, AccountTokens),
  made(Campaigns, Streams, ReadModels),
  made(Imports, Streams),
  made(ImportRows, Streams),
  made(LeftThings, Streams),
  made(Mailable, Streams, ReadModels, References, AccountTermsOverTime),
  made(Dossiers, Streams, ReadModels, AccountTokens),
  made(Profiles, References),
  made(Subscriptions, Recipients, References, Profiles),
  made(Batches, Streams, Subscriptions, RequestPipe),
  ...publicServices,
];

/** What needs something from outside. */
export const dependencyProviders = (dependencies: ApiDependencies): Provider[] => {
  const { ledger, keyring, readStore, uploads, renderer, requests, publicUrl, clock } =
    dependencies;
  const { servers = [] } = dependencies;
  const tokens = new AccountTokens(dependencies);
  const url = new PublicUrl(publicUrl);
  const parts = { servers, ledger, keyring, store: readStore, models: READ_MODELS, clock };
  const readiness = new Readiness(parts);
  const value = (provide: Type | Abstract<object>, useValue: object): Provider => ({
    provide,
    useValue,
  });
  const overStreams = <T>(provide: Type<T>, useFactory: (streams: Streams) => T): Provider => ({
    provide,
    useFactory,
    inject: [Streams],
  });
  return [
    ...publicOutside(dependencies, url),
    value(AccountTokens, tokens),
    // The bus finds handlers by their class, which it cannot see of a value.
    {
      provide: CarryOutHandler,
      useFactory: () => new CarryOutHandler(ledger),
      inject: [],
    },
    {
      provide: Streams,
      useFactory: (bus: CommandBus) =>
        new Streams({ ledger, bus, cache: new StateCache(ledger), clock }),
      inject: [CommandBus],
    },
    value(PublicUrl, url),
    value(ReceiptDesk, new ReceiptDesk(ledger, keyring, publicUrl)),
    value(RequestPipe, new RequestPipe()),
    value(ReadModels, new ReadModels(readStore, tokens)),
    value(AccountTermsOverTime, new AccountTermsOverTime(ledger)),
    overStreams(Recipients, (streams) => new Recipients(streams, keyring)),
    value(Uploads, uploads),
    overStreams(
      UploadStage,
      (streams) =>
        new UploadStage({
          streams,
          keyring,
          uploads,
          mappings: new MappingCheck(streams, new References(streams)),
          limit: dependencies.uploadLimit ?? LARGEST_UPLOAD,
        }),
    ),
    value(Erasures, new Erasures(keyring)),
    value(Secrets, new Secrets(keyring)),
    value(ContentCheck, new ContentCheck(renderer)),
    overStreams(Previews, (streams) => new Previews(renderer, url, new RequestBlocks(streams))),
    value(TestSender, new TestSender(dependencies.sendTest, publicUrl)),
    value(ApiDocument, new ApiDocument()),
    value(Metrics, new Metrics(gaugesOf(readiness))),
    value(Readiness, readiness),
    overStreams(
      AccessGuard,
      (streams) =>
        new AccessGuard((header) =>
          authenticate(header, dependencies.operatorKey, (id) => streams.recent(apiKeyStream, id)),
        ),
    ),
    value(
      AnswerInterceptor,
      new AnswerInterceptor(new Idempotency(requests, keyring, clock), tokens),
    ),
  ];
};

@Module({})
export class ApiModule {
  static with(dependencies: ApiDependencies): DynamicModule {
    return {
      module: ApiModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [...services, ...dependencyProviders(dependencies)],
    };
  }
}
