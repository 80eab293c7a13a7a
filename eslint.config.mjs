/** What lint holds everyone to. Every rule named here has a probe in tools/lint/probes that proves it still fires. */
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { crossdock } from './tools/lint/rules.mjs';

// Without a project graph the boundary rule is skipped in silence.
process.env.NX_DAEMON ??= 'false';
process.env.NX_NO_CLOUD ??= 'true';
process.env.NX_ISOLATE_PLUGINS ??= 'false';
await createProjectGraphAsync({ exitOnError: false });

const TESTS = ['**/*.spec.ts', '**/test/**/*.ts'];
const DOMAIN = ['apps/*/src/domain/**/*.ts'];
const CLIENTS = [
  { regex: '^@nats-io/', message: 'Services speak through the runtime: say and hear contracts.' },
  { regex: '^(mongodb|mongoose)($|/)', message: 'Services keep states by deciders and read them by Queries.' },
  { regex: '^@opentelemetry/', message: 'The runtime traces; services do not.' },
];
const NEIGHBOURS = {
  regex: '^@crossdock/(?!(kernel|contracts|runtime)$)',
  message: 'An app imports the kernel, the contracts and the runtime; services speak by messages.',
};
const NEIGHBOURS_OF_TESTS = {
  regex: '^@crossdock/(?!(kernel|contracts|runtime|testing|tools/stack)$)',
  message: 'A test of a service drives its own service only; the whole system is tested in tools/.',
};
const BROKER = /nats/;
const OUTSIDE_DOMAIN = {
  regex: '^(?!@crossdock/(kernel|contracts)$|\\./)',
  message: 'domain/ imports the kernel, the contracts and its own files only.',
};

const boundaries = (depConstraints, more = {}) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allowCircularSelfDependency: false,
    ...more,
    // The testing kit runs the runtime's road in memory, and specs of both sides use it.
    ignoredCircularDependencies: [
      ['@crossdock/testing', '@crossdock/runtime'],
      ['@crossdock/testing', '@crossdock/contracts'],
      ['@crossdock/testing', '@crossdock/kernel'],
      ['@crossdock/testing', '@crossdock/tools'],
    ],
    depConstraints,
  },
];
const only = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });
const EVERYTHING = ['type:pure', 'type:runtime', 'type:test', 'type:tool', 'type:app'];

const FOCUSED = {
  selector:
    ':matches(CallExpression[callee.name=/^(fit|fdescribe|xit|xdescribe|xtest)$/], MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|failing)$/])',
  message: 'A test that is skipped or alone proves nothing: run it or delete it.',
};
const NOT_IN_DOMAIN = [
  { selector: ':function[async=true]', message: 'A decision is synchronous: ask, and the answer is an input.' },
  { selector: 'AwaitExpression', message: 'A decision is synchronous: ask, and the answer is an input.' },
  { selector: 'ImportExpression', message: 'domain/ imports at the top of the file only.' },
];
const CLOCKS = ['Date', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'Temporal'];
const AMBIENT = ['process', 'Buffer', 'fetch', 'console', 'crypto', 'globalThis'];

const lines = (max) => ['error', { max, skipBlankLines: false, skipComments: false }];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.crossdock/**', '.nx/**', '**/generated/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{ts,mts,mjs,js}'], plugins: { crossdock, '@nx': nx } },
  { files: ['**/*.{ts,mts}'], extends: [tseslint.configs.strict] },
  {
    files: ['**/*.{ts,mts,mjs,js}'],
    rules: {
      'crossdock/plain-file-name': 'error',
      'crossdock/explained-disable': 'error',
      'max-lines': lines(300),
      'max-lines-per-function': lines(70),
      'no-restricted-syntax': ['error', FOCUSED],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
  {
    files: ['**/*.{ts,mts}'],
    // Decorated classes need their constructor's types at run time: no `import type` for those.
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Tests and servers take back variables of the environment by name.
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      '@nx/enforce-module-boundaries': boundaries([
        only('type:pure', 'type:pure'),
        only('type:runtime', 'type:pure', 'type:runtime'),
        only('type:app', 'type:pure', 'type:runtime'),
        only('type:test', ...EVERYTHING),
        only('type:tool', ...EVERYTHING),
      ]),
    },
  },
  {
    // The one place where a forgotten await loses messages, so the one that is read with types: they cost seconds.
    files: ['libs/runtime/src/**/*.ts'],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['libs/runtime/src/probe.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    files: ['apps/*/src/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...CLIENTS, NEIGHBOURS] }] },
  },
  {
    // The sandbox is the outside world: it speaks to the broker like any partner would.
    files: ['apps/sandbox/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [...CLIENTS.filter(({ regex }) => !BROKER.test(regex)), NEIGHBOURS] },
      ],
    },
  },
  {
    files: DOMAIN,
    ignores: [...TESTS, '**/*.builders.ts'],
    rules: {
      'max-lines-per-function': lines(40),
      'no-restricted-imports': ['error', { patterns: [OUTSIDE_DOMAIN] }],
      'no-restricted-syntax': ['error', FOCUSED, ...NOT_IN_DOMAIN],
      'no-restricted-globals': [
        'error',
        ...CLOCKS.map((name) => ({ name, message: 'Time comes with the message: input.at, or a timer by later().' })),
        ...AMBIENT.map((name) => ({ name, message: 'domain/ knows its message and its states, nothing around it.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Ids are derived from the message: derivedId(...).' },
      ],
    },
  },
  {
    files: TESTS.map((pattern) => `apps/*/${pattern}`),
    rules: { 'no-restricted-imports': ['error', { patterns: [NEIGHBOURS_OF_TESTS] }] },
  },
  {
    files: TESTS,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@nx/enforce-module-boundaries': boundaries([
        only('type:pure', 'type:pure', 'type:test'),
        only('type:runtime', 'type:pure', 'type:runtime', 'type:test'),
        only('type:app', 'type:pure', 'type:runtime', 'type:test'),
        only('type:test', ...EVERYTHING),
        only('type:tool', ...EVERYTHING),
      ]),
    },
  },
  {
    // Replicas in processes of their own run these very files from the built package, so they name it as a user would.
    files: ['libs/runtime/test/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries([only('type:runtime', 'type:pure', 'type:runtime', 'type:test')], {
        allowCircularSelfDependency: true,
      }),
    },
  },
  {
    // A suite is one function that declares many small tests.
    files: ['libs/testing/src/conformance/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
