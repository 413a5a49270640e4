// Five suites in one file, chosen with --selectProjects: `main` and `acceptance` need nothing but
// Node, `browser` needs Chromium, `faults` needs strace and root, `servers` a server that speaks
// MongoDB's protocol (started by its set-up: FerretDB, built by the Go toolchain). Run them through npm, which finds the pinned Node.
const ignored = ['<rootDir>/node_modules/', '<rootDir>/dist/', '<rootDir>/data/'];
const browserSpecs = '<rootDir>/test/browser/';
const acceptanceSpecs = '<rootDir>/test/acceptance/';
const faultSpecs = ['<rootDir>/test/faults/', '\\.faults\\.spec\\.ts$'];
const serverSpecs = '\\.servers\\.spec\\.ts$';

const swc = {
  jsc: {
    target: 'es2024',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    // The same meaning as tsconfig.json: Nest reads the emitted decorator metadata, and only
    // imports written as `import type` vanish.
    transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

// Whole programs are started from dist/.
const buildFirst = '<rootDir>/test/build/build-when-stale.ts';

const suite = (displayName, where) => ({
  displayName,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Node itself runs the build script, before Jest's own module loader exists.
  transform: { '^(?!.*/test/(build|servers/setup)/).+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^#(domain|projections|libs|apps|test)/(.*)$': '<rootDir>/$1/$2.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
  setupFiles: ['<rootDir>/test/random-seed.ts'],
  ...where,
});

export default {
  // Two, because the tests also start whole programs of their own.
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    suite('main', {
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [
        ...ignored,
        acceptanceSpecs,
        browserSpecs,
        serverSpecs,
        ...faultSpecs,
      ],
    }),
    suite('acceptance', {
      testMatch: ['<rootDir>/test/acceptance/**/*.spec.ts'],
      // Moving to servers needs some: it runs with the suite below.
      testPathIgnorePatterns: [
        ...ignored,
        serverSpecs,
        ...faultSpecs,
        '/move-to-servers\\.spec\\.ts$',
      ],
      globalSetup: buildFirst,
    }),
    suite('browser', {
      testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
      testPathIgnorePatterns: ignored,
      globalSetup: buildFirst,
    }),
    suite('servers', {
      testMatch: ['**/*.servers.spec.ts'],
      testPathIgnorePatterns: [...ignored, acceptanceSpecs],
      globalSetup: '<rootDir>/test/servers/setup/start-servers.ts',
      globalTeardown: '<rootDir>/test/servers/setup/stop-servers.ts',
    }),
    // The whole product again, on servers. What is left out looks at files of the embedded engines, or always runs on
    // them.
    suite('acceptance-servers', {
      testMatch: ['<rootDir>/test/acceptance/**/*.spec.ts'],
      testPathIgnorePatterns: [
        ...ignored,
        ...faultSpecs,
        '/(damaged-start|demo|move-between-engines)\\.spec\\.ts$',
      ],
      globalSetup: '<rootDir>/test/servers/setup/build-and-start-servers.ts',
      globalTeardown: '<rootDir>/test/servers/setup/stop-servers.ts',
    }),
    suite('faults', {
      testMatch: ['**/*.faults.spec.ts', '<rootDir>/test/faults/**/*.spec.ts'],
      testPathIgnorePatterns: ignored,
      globalSetup: buildFirst,
    }),
  ],
};
