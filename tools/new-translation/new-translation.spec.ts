/** A carrier made by the generator is read like the others: it is made in a copy of the translations. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FsTree } from 'nx/src/generators/tree.js';
import { ROOT } from '../stack/files.ts';
import translation, { CARRIERS } from './generator.ts';

interface Read {
  readonly carrier: string;
  readonly status: string;
  readonly events: readonly { readonly occurredAt: string; readonly milestone: string }[];
  readonly faults: readonly unknown[];
}

describe('npm run new:translation -- carrier royal-mail', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'crossdock-translation-'));
    const translate = dirname(CARRIERS);
    cpSync(join(ROOT, translate), join(copy, translate), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('makes a carrier that is known by its payload and reads its golden file', async () => {
    const tree = new FsTree(copy, false);
    await translation(tree, { kind: 'carrier', name: 'royal-mail' });
    for (const { path, content, type } of tree.listChanges()) {
      if (type === 'DELETE' || content === null) continue;
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), content);
    }
    const { readTracking } = (await import(join(copy, CARRIERS, 'index.ts'))) as {
      readTracking: (carrier: string, payload: Uint8Array) => Read;
    };
    const golden = readFileSync(join(copy, CARRIERS, 'royal-mail', 'golden', 'delivered.json'));
    expect(readTracking('', golden)).toMatchObject({
      carrier: 'royal-mail',
      status: 'DELIVERED',
      events: [
        { occurredAt: '2026-03-03T23:55:00', milestone: 'IN_TRANSIT' },
        { occurredAt: '2026-03-04T00:05:00', milestone: 'DELIVERED' },
      ],
      faults: [],
    });
  });
  it('refuses a name that is taken, one that is none, and what is no carrier', async () => {
    const tree = new FsTree(copy, false);
    await expect(translation(tree, { kind: 'carrier', name: 'ups' })).rejects.toThrow('is there already');
    await expect(translation(tree, { kind: 'carrier', name: 'Royal Mail' })).rejects.toThrow('small letters');
    await expect(translation(tree, { kind: 'partner', name: 'acme' })).rejects.toThrow('only carriers');
  });
});
