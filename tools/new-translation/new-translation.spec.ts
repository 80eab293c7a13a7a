/** What the generator makes is read like what was there: it is made in a copy of the translations. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FsTree } from 'nx/src/generators/tree.js';
import { tool } from '../test/checks.ts';
import { ROOT } from '../stack/files.ts';
import { CARRIERS } from './carrier.ts';
import translation from './generator.ts';
import { TRANSLATE } from './message.ts';

interface Read {
  readonly carrier: string;
  readonly status: string;
  readonly events: readonly { readonly occurredAt: string; readonly milestone: string }[];
  readonly faults: readonly unknown[];
}
interface Interchange {
  readonly documents: readonly { readonly canonical: unknown; readonly faults: readonly unknown[] }[];
  readonly faults: readonly unknown[];
}
type Translate = (bytes: Uint8Array, context: object) => readonly Interchange[];

const README = 'apps/connectors/README.md';
const COMPILED_MS = 60_000;

let copy: string;
const read = (...path: readonly string[]): Buffer => readFileSync(join(copy, ...path));
const make = async (kind: string, name: string | number): Promise<void> => {
  const tree = new FsTree(copy, false);
  await translation(tree, { kind, name });
  for (const { path, content, type } of tree.listChanges()) {
    if (type === 'DELETE' || content === null) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), content);
  }
};
const refused = (kind: string, name: string | number): Promise<unknown> =>
  translation(new FsTree(copy, false), { kind, name }).then(
    () => 'made',
    (error: unknown) => String(error),
  );

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'crossdock-translation-'));
  for (const part of [dirname(CARRIERS), TRANSLATE, join(dirname(TRANSLATE), 'canonical'), README])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  for (const part of ['node_modules', 'package.json', '.prettierrc.json', '.prettierignore'])
    symlinkSync(join(ROOT, part), join(copy, part));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new:translation -- carrier royal-mail', () => {
  it('makes a carrier that is known by its payload and reads its golden file', async () => {
    await make('carrier', 'royal-mail');
    const { readTracking } = (await import(join(copy, CARRIERS, 'index.ts'))) as {
      readTracking: (carrier: string, payload: Uint8Array) => Read;
    };
    expect(readTracking('', read(CARRIERS, 'royal-mail', 'golden', 'delivered.json'))).toMatchObject({
      carrier: 'royal-mail',
      status: 'DELIVERED',
      events: [
        { occurredAt: '2026-03-03T23:55:00', milestone: 'IN_TRANSIT' },
        { occurredAt: '2026-03-04T00:05:00', milestone: 'DELIVERED' },
      ],
      faults: [],
    });
  });
  it('refuses a name that is taken, one that is none, and what is no kind of translation', async () => {
    expect(await refused('carrier', 'ups')).toContain('is there already');
    expect(await refused('carrier', 'Royal Mail')).toContain('small letters');
    expect(await refused('partner', 'acme')).toContain('carrier, x12, edifact can be made');
    expect(await refused('constructor', 'acme')).toContain('can be made');
  });
});

describe('npm run new:translation -- x12 204 and -- edifact IFTMBF', () => {
  beforeAll(async () => {
    // Nx gives what looks like a number as one
    await make('x12', 204);
    await make('edifact', 'IFTMBF');
  });

  it.each([
    ['x12', '204', 'translateX12'],
    ['edifact', 'iftmbf', 'translateEdifact'],
  ])('makes a message of %s that says what stands beside its golden document', async (folder, file, name) => {
    const module = (await import(join(copy, TRANSLATE, folder, 'translate.ts'))) as Record<string, Translate>;
    const context = { items: {}, units: {}, locations: {}, customers: {} };
    const [only, ...more] = module[name]?.(read(TRANSLATE, folder, 'golden', `${file}.edi`), context) ?? [];
    const said = JSON.parse(read(TRANSLATE, folder, 'golden', `${file}.json`).toString()) as readonly unknown[];
    expect(more).toEqual([]);
    expect(only).toMatchObject({ faults: [], documents: said.map((canonical) => ({ canonical, faults: [] })) });
    expect(only?.documents).toHaveLength(1);
  });
  it(
    'compiles',
    async () => {
      const config = {
        extends: join(ROOT, 'tsconfig.base.json'),
        compilerOptions: { composite: false, incremental: false, declarationMap: false, noEmit: true },
        files: ['x12', 'edifact'].map((folder) => `${TRANSLATE}/${folder}/messages.ts`),
      };
      writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config));
      expect(await tool('tsc', ['-p', copy])).toBeUndefined();
    },
    COMPILED_MS,
  );
  it('is among the types that the README says are read, in their order', () => {
    expect(read(README).toString()).toMatch(/^\| X12 4010 and newer \| [^|]*180, 204, 210,[^|]*, TA1 \| 810,/m);
    expect(read(README).toString()).toMatch(/^\| EDIFACT, EANCOM \| [^|]*DESADV, IFTMBF, IFTMIN,/m);
  });
  it.each([
    ['x12', '204', 'messages/204.ts is there already'],
    ['x12', '850', 'messages/850.ts is there already'],
    // one file may hold several sets
    ['x12', '999', 'golden/999.edi is there already'],
    ['x12', '944', 'golden/944.edi is there already'],
    ['x12', 'ORDERS', 'three digits'],
    ['x12', '85', 'three digits'],
    ['edifact', 'ORDERS', 'messages/orders.ts is there already'],
    ['edifact', 'orders', 'six capitals'],
    ['edifact', '../ABC', 'six capitals'],
  ])('refuses %s %s: %s', async (kind, name, reason) => {
    expect(await refused(kind, name)).toContain(reason);
  });
});
