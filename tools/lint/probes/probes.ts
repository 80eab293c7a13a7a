/** Snippets that each rule must refuse, and their neighbours that it must let through. Files exist in name only. */
export interface Probe {
  rule: string;
  /** where the snippet pretends to stand */
  file: string;
  code: string;
  /** part of the message; left out: the rule must be silent here */
  fires?: string;
}

const DOMAIN = 'apps/order-orchestration/src/domain/probe.ts';
const APP = 'apps/order-orchestration/src/ask/probe.ts';
const SANDBOX = 'apps/sandbox/src/probe.ts';
const KERNEL = 'libs/kernel/src/probe.ts';
const CONTRACTS = 'libs/contracts/src/probe.ts';
const RUNTIME = 'libs/runtime/src/probe.ts';
const TESTING = 'libs/testing/src/probe.ts';
const TOOL = 'tools/start/probe.ts';
const SPEC = 'apps/order-orchestration/src/domain/probe.spec.ts';

const uses = (from: string) => `import { something } from '${from}';\nexport const probe = something;\n`;
const longFunction = (lines: number) => `export const probe = () => {\n${'  void 0;\n'.repeat(lines - 2)}};\n`;
const at = (rule: string, file: string, code: string, fires?: string): Probe =>
  fires === undefined ? { rule, file, code } : { rule, file, code, fires };

const BOUNDARIES = '@nx/enforce-module-boundaries';
const CAN_ONLY = 'can only depend on libs tagged with';
const boundaries: Probe[] = [
  at(BOUNDARIES, KERNEL, uses('@crossdock/runtime'), 'Circular dependency'),
  at(BOUNDARIES, KERNEL, uses('@crossdock/testing'), CAN_ONLY),
  at(BOUNDARIES, CONTRACTS, uses('@crossdock/testing'), CAN_ONLY),
  at(BOUNDARIES, CONTRACTS, uses('@crossdock/kernel')),
  at(BOUNDARIES, RUNTIME, uses('@crossdock/testing'), CAN_ONLY),
  at(BOUNDARIES, RUNTIME, uses('@crossdock/contracts')),
  at(BOUNDARIES, APP, uses('@crossdock/testing'), CAN_ONLY),
  at(BOUNDARIES, APP, uses('@crossdock/tools/stack'), CAN_ONLY),
  at(BOUNDARIES, APP, uses('../../../finance-posting/src/config.js'), 'cannot be imported by a relative'),
  at(BOUNDARIES, APP, uses('@crossdock/runtime')),
  at(BOUNDARIES, SPEC, uses('@crossdock/testing')),
  at(BOUNDARIES, TESTING, uses('@crossdock/runtime')),
  at(BOUNDARIES, TOOL, uses('@crossdock/contracts')),
];

const IMPORTS = 'no-restricted-imports';
const imports: Probe[] = [
  at(IMPORTS, APP, uses('@nats-io/jetstream'), 'speak through the runtime'),
  at(IMPORTS, APP, uses('mongodb'), 'keep states by deciders'),
  at(IMPORTS, APP, uses('mongoose'), 'keep states by deciders'),
  at(IMPORTS, APP, uses('@opentelemetry/api'), 'runtime traces'),
  at(IMPORTS, APP, uses('@nestjs/common')),
  at(IMPORTS, SANDBOX, uses('@nats-io/transport-node')),
  at(IMPORTS, SANDBOX, uses('mongodb'), 'keep states by deciders'),
  at(IMPORTS, RUNTIME, uses('mongodb')),
  at(IMPORTS, DOMAIN, uses('node:crypto'), 'its own files only'),
  at(IMPORTS, DOMAIN, uses('../translate/shopify.js'), 'its own files only'),
  at(IMPORTS, DOMAIN, uses('@crossdock/runtime'), 'its own files only'),
  at(IMPORTS, DOMAIN, uses('mongodb'), 'its own files only'),
  at(IMPORTS, DOMAIN, uses('@crossdock/kernel')),
  at(IMPORTS, DOMAIN, uses('@crossdock/contracts')),
  at(IMPORTS, DOMAIN, uses('./order.js')),
  at(IMPORTS, APP, uses('@crossdock/finance-posting'), 'services speak by messages'),
  at(IMPORTS, APP, uses('@crossdock/finance-posting/dist/src/domain/journal.js'), 'services speak by messages'),
  at(IMPORTS, SANDBOX, uses('@crossdock/finance-posting'), 'services speak by messages'),
  at(IMPORTS, SPEC, uses('@crossdock/inventory-propagation'), 'drives its own service only'),
  at(IMPORTS, SPEC, uses('@crossdock/testing')),
  at(IMPORTS, SPEC, uses('fast-check')),
];

const GLOBALS = 'no-restricted-globals';
const SYNTAX = 'no-restricted-syntax';
const purity: Probe[] = [
  at(GLOBALS, DOMAIN, 'export const now = () => Date.now();', 'Time comes with the message'),
  at(GLOBALS, DOMAIN, 'export const now = () => new Date();', 'Time comes with the message'),
  at(GLOBALS, DOMAIN, 'export const wait = (f: () => void) => setTimeout(f, 1);', 'Time comes with the message'),
  at(GLOBALS, DOMAIN, 'export const wait = (f: () => void) => setInterval(f, 1);', 'Time comes with the message'),
  at(GLOBALS, DOMAIN, 'export const env = process.env;', 'nothing around it'),
  at(GLOBALS, DOMAIN, 'export const get = () => fetch("http://erp");', 'nothing around it'),
  at(GLOBALS, APP, 'export const now = () => Date.now();'),
  at('no-restricted-properties', DOMAIN, 'export const id = () => Math.random();', 'derived from the message'),
  at('no-restricted-properties', DOMAIN, 'export const most = Math.max(1, 2);'),
  at(SYNTAX, DOMAIN, 'export const decide = async () => 1;', 'A decision is synchronous'),
  at(SYNTAX, DOMAIN, 'export async function decide() { return 1; }', 'A decision is synchronous'),
  at(SYNTAX, DOMAIN, 'export const more = await Promise.resolve(1);', 'A decision is synchronous'),
  at(SYNTAX, DOMAIN, "export const order = import('./order.js');", 'at the top of the file'),
  at(SYNTAX, APP, 'export const call = async () => 1;'),
];

const ALONE = 'run it or delete it';
const tests: Probe[] = [
  ...['it.only', 'it.skip', 'test.only', 'describe.only', 'describe.skip', 'it.todo', 'fit', 'xit', 'xdescribe'].map(
    (call) => at(SYNTAX, SPEC, `${call}('holds stock', () => undefined);`, ALONE),
  ),
  at(SYNTAX, SPEC, "it.only.each([1])('holds %s', () => undefined);", ALONE),
  at(SYNTAX, SPEC, "it('holds stock', () => undefined);"),
];

const FILE = 'crossdock/plain-file-name';
const EXPLAIN = 'crossdock/explained-disable';
const sizes: Probe[] = [
  at('max-lines', APP, '// a line\n'.repeat(301), 'Maximum allowed is 300'),
  at('max-lines', SPEC, '// a line\n'.repeat(301), 'Maximum allowed is 300'),
  at('max-lines', APP, '// a line\n'.repeat(299)),
  at('max-lines-per-function', DOMAIN, longFunction(41), 'Maximum allowed is 40'),
  at('max-lines-per-function', DOMAIN, longFunction(40)),
  at('max-lines-per-function', APP, longFunction(71), 'Maximum allowed is 70'),
  at('max-lines-per-function', APP, longFunction(70)),
  at('max-lines-per-function', SPEC, longFunction(100)),
];
const names: Probe[] = [
  ...['utils', 'helpers', 'common', 'shared', 'core', 'manager', 'base', 'misc'].map((name) =>
    at(FILE, `apps/finance-posting/src/${name}.ts`, 'export {};', 'name what is in it'),
  ),
  at(FILE, 'libs/testing/src/shared/lane.ts', 'export {};', 'name what is in it'),
  at(FILE, 'apps/finance-posting/src/order-manager.ts', 'export {};', 'name what is in it'),
  at(FILE, 'apps/finance-posting/src/domain/journal.ts', 'export {};'),
];
const types: Probe[] = [
  at('@typescript-eslint/no-explicit-any', APP, 'export const x = (y: any): unknown => y;', 'Unexpected any'),
  at('@typescript-eslint/ban-ts-comment', APP, '// @ts-ignore\nexport const x = 1;', 'ts-expect-error'),
  at(
    '@typescript-eslint/consistent-type-imports',
    APP,
    "import { Door } from '@crossdock/runtime';\nexport type D = Door;",
    'only used as types',
  ),
  at(
    '@typescript-eslint/consistent-type-imports',
    APP,
    "import { Controller } from '@nestjs/common';\nimport { Settings } from './config.js';\n@Controller()\nexport class Orders {\n  constructor(readonly settings: Settings) {}\n}",
  ),
  at(
    '@typescript-eslint/no-floating-promises',
    RUNTIME,
    'const commit = async (): Promise<number> => 1;\nexport const batch = (): void => {\n  commit();\n};',
    'Promises must be awaited',
  ),
  at(
    '@typescript-eslint/no-floating-promises',
    RUNTIME,
    'export const batch = (): Promise<number> => Promise.resolve(1);',
  ),
  at('@typescript-eslint/no-unused-vars', APP, 'const left = 1;\nexport {};', 'never used'),
  at('@typescript-eslint/no-unused-vars', APP, 'export const f = (_left: number) => 1;'),
  at('@typescript-eslint/no-extraneous-class', APP, 'export class Pile { static a = 1; }', 'static'),
  at('eqeqeq', APP, 'export const same = (a: number, b: number) => a == b;', "Expected '==='"),
  at('prefer-const', APP, 'let a = 1;\nexport const b = a;', 'never reassigned'),
  at('no-var', APP, 'var a = 1;\nexport { a };', 'Unexpected var'),
  at(EXPLAIN, APP, '// eslint-disable-next-line no-var\nvar a = 1;\nexport { a };', 'Say why'),
  at(EXPLAIN, APP, '// eslint-disable-next-line no-var -- the probe wants one\nvar a = 1;\nexport { a };'),
];

export const PROBES: readonly Probe[] = [...boundaries, ...imports, ...purity, ...tests, ...sizes, ...names, ...types];
