/** One runner, four suites by suffix: unit (pure), int (real servers), sim (seeded), e2e (the whole system). */
const suite = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '/.crossdock/', '/.nx/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@crossdock/source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  ...more,
});

/** Suites on real servers: they bring one pair for the whole run unless the environment names servers. */
const onServers = {
  globalSetup: '<rootDir>/tools/test/globalSetup.mjs',
  globalTeardown: '<rootDir>/tools/test/globalTeardown.mjs',
};

const roots = ['apps', 'libs', 'tools'];
const match = (suffix) => roots.map((root) => `<rootDir>/${root}/**/*.${suffix}.ts`);

export default {
  coverageProvider: 'v8',
  // A deadline for what hangs, on a machine that is busy with other things too; never a measure of speed.
  testTimeout: 60_000,
  projects: [
    suite(
      'unit',
      roots.map((root) => `<rootDir>/${root}/**/!(*.int|*.sim|*.e2e).spec.ts`),
    ),
    suite('int', match('int.spec'), onServers),
    suite('sim', match('sim.spec')),
    suite('e2e', match('e2e.spec'), onServers),
  ],
};
