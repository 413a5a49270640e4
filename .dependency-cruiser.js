// What each room may know of the others. Every rule's comment says why, because the comment is what
// a person sees whose import is refused. `$1` stands for the folder that the importing file is in.
const notProduction = '(\\.spec\\.ts$|/testing/|^test/)';
const packages = (...names) => `^node_modules/(${names.join('|')})(/|$)`;
const temporal = '^node_modules/temporal-(polyfill|spec|utils)/';

const domainRules = [
  {
    name: 'domain-streams-apart',
    comment:
      'A stream decides from its own events alone: it may know the kernel, the consent rules and ' +
      'the ids.ts of another stream, but not its events or state. What follows from another ' +
      "stream's event belongs in a process or a projection.",
    from: { path: '^domain/([^/]+)/', pathNot: ['^domain/(kernel|consent)/', notProduction] },
    to: {
      path: '^domain/',
      pathNot: ['^domain/(kernel|consent|$1)/', '^domain/[^/]+/ids\\.ts$'],
    },
  },
  {
    name: 'domain-consent-rules-only',
    comment:
      'The consent rules are called by streams and must not know who calls them: they may use the ' +
      'kernel and the ids.ts of a stream.',
    from: { path: '^domain/consent/', pathNot: notProduction },
    to: {
      path: '^domain/',
      pathNot: ['^domain/(kernel|consent)/', '^domain/[^/]+/ids\\.ts$'],
    },
  },
  {
    name: 'domain-kernel-at-the-bottom',
    comment:
      'Everything stands on the kernel, so the kernel stands on nothing but temporal-polyfill. If ' +
      'it needs something from a stream, that something belongs in the kernel or the need does not.',
    from: { path: '^domain/kernel/', pathNot: notProduction },
    to: { pathNot: ['^domain/kernel/', temporal] },
  },
  {
    name: 'domain-without-node',
    comment:
      'The domain computes and never touches the machine, so that a decision replays the same ' +
      'everywhere. Do input and output in libs/ or apps/ and hand the result in.',
    from: { path: '^domain/', pathNot: notProduction },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'domain-without-packages',
    comment:
      'The rules must outlive every framework: the only package that the domain uses is ' +
      'temporal-polyfill, which stands in for a part of the language.',
    from: { path: '^domain/', pathNot: notProduction },
    to: { path: 'node_modules/', pathNot: temporal },
  },
  {
    name: 'domain-knows-no-room',
    comment:
      'Other rooms know the domain; the domain knows none of them. Turn the import round, or ' +
      'describe what is needed as a type inside the domain.',
    from: { path: '^domain/', pathNot: notProduction },
    to: { path: '^(apps|libs|projections|test)/' },
  },
];

const projectionRules = [
  {
    name: 'projections-from-events-to-rows',
    comment:
      'A projection turns domain events into rows and can be rebuilt at any time: it may know the ' +
      "domain, the read store's contract (port, change, query, projection) and its own folder. " +
      'Anything else would make a rebuild depend on more than the events.',
    from: { path: '^projections/([^/]+)/', pathNot: notProduction },
    to: {
      pathNot: [
        '^domain/',
        '^libs/read-store/(port|change|query|projection|index)\\.ts$',
        '^projections/$1/',
        // What several projections say of a recipient alike.
        '^projections/recipient-facts/',
        temporal,
      ],
    },
  },
];

const libsRules = [
  {
    name: 'libs-below-everything',
    comment:
      'A library solves one technical problem and could serve another product: it may know the ' +
      "domain's kernel, never a stream, a projection or an app. Pass what it needs as an argument.",
    from: { path: '^libs/', pathNot: notProduction },
    to: { path: '^(apps|projections|test|domain)/', pathNot: '^domain/kernel/' },
  },
  {
    name: 'libs-apart',
    comment:
      'A library keeps to its own folder, so that each can be replaced alone; only libs/sqlite, ' +
      'libs/crypto and libs/mongodb, thin covers over one vendor each, serve the others. If two libraries must ' +
      'meet, an app brings them together.',
    from: {
      path: '^libs/([^/]+)/',
      pathNot: ['^libs/(ledger|projecting|commands)/', notProduction],
    },
    to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/(sqlite|crypto|mongodb)/'] },
  },
  {
    name: 'libs-meet-at-ports',
    comment:
      'The ledger, projecting and commands are made of other libraries, and may know these by their ' +
      'ports alone: port.ts or index.ts of event-log, keyring, read-store, leases and ledger (and ' +
      "the read store's change, query and projection). Behind a port anything may change.",
    from: { path: '^libs/(ledger|projecting|commands)/', pathNot: notProduction },
    to: {
      path: '^libs/',
      pathNot: [
        '^libs/$1/',
        '^libs/(event-log|keyring|read-store|leases|ledger)/(port|index)\\.ts$',
        '^libs/read-store/(change|query|projection)\\.ts$',
        '^libs/(sqlite|crypto)/',
      ],
    },
  },
];

const appsRules = [
  {
    name: 'apps-apart',
    comment:
      "An app can be started, stopped and replaced alone, so it never imports another app's " +
      'inside. apps/all-in-one, apps/cli and test/ compose apps and may; apps/composition opens the engines for all. What two apps share ' +
      'belongs in libs/, domain/ or projections/.',
    from: { path: '^apps/([^/]+)/', pathNot: ['^apps/(all-in-one|cli)/', notProduction] },
    to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/composition/'] },
  },
];

/** A vendor's package is known in one place only, so that replacing it means changing one place. */
const vendorFence = (name, vendors, home, why) => ({
  name: `vendor-${name}`,
  comment: why,
  from: { pathNot: [home, notProduction] },
  to: { path: vendors },
});

const vendorRules = [
  vendorFence(
    'nodemailer',
    packages('nodemailer', '@types/nodemailer'),
    '^libs/mailer/smtp/',
    'Only libs/mailer/smtp speaks SMTP through nodemailer; everybody else sends through the port of ' +
      'libs/mailer and so never learns how mail leaves.',
  ),
  vendorFence(
    'frameworks',
    packages(
      '@nestjs/[^/]+',
      '@fastify/[^/]+',
      'fastify',
      'rxjs',
      'class-validator',
      'class-transformer',
    ),
    '^apps/',
    'Web frameworks and their validators stop at the door of apps/: what is behind it must work ' +
      'without a request.',
  ),
  vendorFence(
    'eventstore',
    packages('@eventstore/db-client', '@grpc/grpc-js', '(@types/)?google-protobuf'),
    '^libs/event-log/eventstoredb/',
    'Only libs/event-log/eventstoredb speaks to EventStoreDB; whoever needs the log uses its port and ' +
      'cannot tell which engine it got.',
  ),
  vendorFence(
    'rendering',
    packages('(@types/)?mjml[^/]*', 'liquidjs', '(@types/)?html-to-text'),
    '^libs/rendering/',
    'Only libs/rendering knows how a message is typeset; ask it for finished HTML and text.',
  ),
  vendorFence(
    'sqlite',
    '^(node:)?sqlite$',
    '(/embedded/|^libs/sqlite/|^libs/mailer/mailbox/)',
    'SQLite is one way of keeping things: it belongs in an embedded/ folder behind a port (or in ' +
      'libs/sqlite, libs/mailer/mailbox), so that another store can take its place.',
  ),
  vendorFence(
    'mongodb',
    packages('mongodb', 'bson'),
    '/mongodb/',
    'MongoDB is one way of keeping things: its driver belongs in a mongodb/ folder behind a port (or in ' +
      'libs/mongodb, which opens it for all), so that nothing else can tell which engine it got.',
  ),
  vendorFence(
    'sodium',
    packages('sodium-native'),
    '^libs/(keyring|crypto)/',
    'Keys and ciphers live in libs/keyring and libs/crypto alone, where they can be reviewed as one.',
  ),
];

const tidyRules = [
  {
    name: 'no-circular',
    comment:
      'Files that import each other in a ring can only be understood, tested and moved together. ' +
      'Move what both need into a third file.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'Nothing imports this file and it imports nothing: use it or delete it.',
    from: {
      orphan: true,
      pathNot: [notProduction, '(^|/)main\\.ts$', '\\.d\\.ts$', '(^|/)tsconfig\\.json$'],
    },
    to: {},
  },
  {
    name: 'no-test-code-in-programs',
    comment: 'Programs must run without their tests: move what is shared out of the spec or test/.',
    from: { pathNot: notProduction },
    to: { path: '(\\.spec\\.ts$|^test/)' },
  },
  {
    name: 'no-dev-packages-in-programs',
    comment:
      'A development package is missing in an installation for use: move it to dependencies in ' +
      'package.json, or use it in tests only.',
    from: { pathNot: notProduction },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
  },
  {
    name: 'no-unlisted-packages',
    comment:
      'A package that package.json does not list is there by luck, as a dependency of another, and ' +
      'can vanish with any update: list it.',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-unresolvable',
    comment: 'This import leads nowhere: correct its path, or install and list the package.',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [
    ...domainRules,
    ...projectionRules,
    ...libsRules,
    ...appsRules,
    ...vendorRules,
    ...tidyRules,
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count too: a fence is about what a file knows, not about what it loads.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['attesta-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
