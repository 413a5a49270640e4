import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what you export: a name can be searched for and is the same in every file.',
};

// Node runs every file outside apps/ as it stands, by erasing its types. What cannot be erased
// (it makes code of its own) is for Nest's classes in apps/ alone.
const onlyErasable = [
  'TSEnumDeclaration',
  'TSParameterProperty',
  'TSModuleDeclaration[declare!=true]',
  'TSImportEqualsDeclaration',
  'TSExportAssignment',
  'Decorator',
].map((selector) => ({
  selector,
  message: 'Outside apps/ use only TypeScript that can be erased: Node runs these files directly.',
}));

const noClock = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'The domain has no clock: take the time as an argument.',
};

const specs = ['**/*.spec.ts', '**/testing/**/*.ts', 'test/**/*.ts'];

export default defineConfig(
  { ignores: ['dist/', 'data/', 'coverage/', '.cache/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // A default branch counts: a projection handles a few of its stream's events and skips the
      // rest. Code that must handle all of them leaves the default out, or ends in assertNever.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // `if (text)` is plain enough; a nullable string or a number hides which emptiness is meant.
      '@typescript-eslint/strict-boolean-expressions': [
        'error',
        { allowString: true, allowNumber: false, allowNullableBoolean: true },
      ],
      // Files with decorators are left alone by this rule: Nest reads their imports at run time.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Events and states are unions of object types: `type` reads better for them.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Some events carry nothing but their type: Event<'ApiKeyRevoked', Record<never, never>>.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Nest types the options of its functions as classes, and expects plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // An in-memory adapter of an asynchronous port is async without ever waiting.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, ...onlyErasable],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(\\.\\./)+(apps|domain|libs|projections|test)/',
              message: 'Between rooms import by name, such as #domain/kernel/result.',
            },
          ],
        },
      ],
      // Sizes are advice: a longer file may be right, but somebody should have thought about it.
      complexity: ['warn', 10],
      'max-depth': ['warn', 3],
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-params': ['warn', 4],
    },
  },
  {
    // The same command and history must give the same events on any day and any machine.
    files: ['domain/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-syntax': ['error', noDefaultExport, noClock, ...onlyErasable],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: noClock.message },
        { object: 'Math', property: 'random', message: 'Take chance as an argument.' },
      ],
    },
  },
  {
    files: ['apps/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport] },
  },
  {
    // Programs speak on standard output; everything else is handed a logger.
    files: ['apps/cli/**/*.ts', 'apps/*/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: specs,
    rules: {
      // jest's expect() takes methods unbound, and a spec may say that a value is surely there.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/strict-boolean-expressions': 'off',
      'no-console': 'off',
      complexity: 'off',
      'max-lines': 'off',
      'max-params': 'off',
    },
  },
  {
    // Jest's globalSetup and globalTeardown take a default export only.
    files: ['test/build/build-when-stale.ts', 'test/servers/setup/*-servers.ts'],
    rules: { 'no-restricted-syntax': ['error', ...onlyErasable] },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
  prettier,
);
