/** The command on a folder of our own, through servers, services and doors: what it says, and how it ends. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { jest } from '@jest/globals';
import { aUblOrder, interchange } from '../partners/test/documents.ts';
import { ROOT } from '../stack/files.ts';
import type { Outcome } from './outcome.ts';

jest.setTimeout(600_000);

const COMMAND = join(import.meta.dirname, 'main.ts');
const GOLDEN = join(ROOT, 'apps', 'shipment-normalization', 'src', 'translate', 'carriers');
const ENDS_MS = 500_000;

const order = (po: string): readonly string[] => [
  `BEG*00*NE*${po}**20260302`,
  'CUR*BY*GBP',
  'PO1*1*6*EA*2.50**VP*TEA',
  'PO1*2*4*EA*1.25**VP*POT',
  'CTT*2',
];
/** The same control numbers in every file: each is of another partner, or sent on another day. */
const sent = (po: string, sender: string): string => interchange(1, 'PO', '850', order(po), sender);
const orderRow = (file: string, po: string, sender: string) => ({
  ...{ file, standard: 'X12', type: '850', stControl: '0001', sender, interchangeControl: '000000001' },
  ...{ lines: 2, qty: '10', ext: '20', ids: { purpose: '00', poType: 'NE', po, date: '20260302' } },
  ...{ segmentCountDeclared: '7', segmentCountActual: 7, envelopeOk: true },
});
const shopOrder = {
  ...{ id: 727, order_key: 'wc_order_1', number: '727', status: 'processing', currency: 'GBP', total: '15.00' },
  line_items: [{ id: 1, name: 'Tea', product_id: 93, quantity: 6, sku: 'TEA', price: 2.5, total: '15.00' }],
};

const DOCUMENTS: Readonly<Record<string, string | Uint8Array>> = {
  'x12/two-senders.edi': sent('PO-1', 'ALPHA') + sent('PO-2', 'BETA'),
  'x12/same-number.edi': sent('PO-3', 'ALPHA'),
  'x12/miscounted.edi': sent('PO-4', 'ALPHA').replace('SE*7*', 'SE*9*'),
  'ubl/order.xml': aUblOrder('U-1', 2, 3),
  'shop/order.json': JSON.stringify(shopOrder),
  'odd/letter.txt': 'Dear Sirs, please send tea.',
  'odd/nothing.edi': '',
  'odd/order.edi.gz': gzipSync(sent('PO-5', 'ALPHA')),
};
const ROWS = [
  orderRow('x12/two-senders.edi', 'PO-1', 'ALPHA'),
  orderRow('x12/two-senders.edi', 'PO-2', 'BETA'),
  orderRow('x12/same-number.edi', 'PO-3', 'ALPHA'),
  { ...orderRow('x12/miscounted.edi', 'PO-4', 'ALPHA'), segmentCountDeclared: '9', envelopeOk: false },
  { file: 'ubl/order.xml', standard: 'UBL', type: 'Order', id: 'U-1', lines: 2, currency: 'GBP' },
];
const PAYLOADS: Readonly<Record<string, string>> = {
  'carrier-tracking/gls/way.json': 'gls/golden/track-and-trace.json',
  'carrier-tracking/usps/none.xml': 'usps/golden/no-record.xml',
  'elsewhere/gls.json': 'gls/golden/not-delivered.json',
};
const LABELS = {
  'gls/way.json': { status: 'OUT_FOR_DELIVERY', events: 2 },
  'usps/none.xml': { status: 'ERROR', events: null },
};

describe('a folder of documents and payloads', () => {
  let root: string;
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), content);
  };
  const conformance = async (...args: readonly string[]) => {
    const json = join(root, `.${args.length}.json`);
    const ended = await execa(process.execPath, [COMMAND, '--fixtures', root, '--json', json, ...args], {
      env: { NODE_OPTIONS: '' },
      reject: false,
      timeout: ENDS_MS,
      forceKillAfterDelay: 20_000,
    });
    const outcomes = await readFile(json, 'utf8').catch(() => {
      throw new Error(`${ended.stdout}\n${ended.stderr}`);
    });
    return { ...ended, outcomes: JSON.parse(outcomes) as readonly Outcome[] };
  };
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'conformance-'));
    for (const [file, content] of Object.entries(DOCUMENTS)) await write(file, content);
    for (const [file, golden] of Object.entries(PAYLOADS)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await copyFile(join(GOLDEN, golden), join(root, file));
    }
    await write('EXPECTED.json', JSON.stringify(ROWS));
    await write('carrier-tracking/LABELS.json', JSON.stringify(LABELS));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('goes through the edge as it is, each with its reasons; two runs at a time, and a wrong reference fails one', async () => {
    const wrong = join(root, '.wrong.json');
    const [first, ...rest] = ROWS;
    await writeFile(wrong, JSON.stringify([{ ...first, qty: '11' }, ...rest, { file: 'x12/gone.edi', type: '850' }]));
    const [good, bad] = await Promise.all([conformance(), conformance('--expected', wrong)]);

    const of = (file: string): readonly Outcome[] => good.outcomes.filter((one) => one.file === file);
    const [one, two] = of('x12/two-senders.edi');
    expect(good.outcomes.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    expect(good.exitCode).toBe(0);
    expect(good.outcomes.filter(({ verdict }) => verdict === 'exact')).toHaveLength(ROWS.length + 2);
    expect([one, two]).toMatchObject([
      { what: '850 PO-1', status: 'mapped', quarantined: [], unsettled: [] },
      { what: '850 PO-2', status: 'mapped', quarantined: [], unsettled: [] },
    ]);
    expect(of('x12/same-number.edi')).toMatchObject([{ verdict: 'exact', status: 'mapped', quarantined: [] }]);
    expect(of('x12/miscounted.edi')).toMatchObject([
      { status: 'quarantined', quarantined: [expect.stringMatching(/count-differs.*9.*7/)], unsettled: [] },
    ]);
    // Whole, but its codes are Peppa's own.
    expect(of('ubl/order.xml')).toMatchObject([
      { status: 'quarantined', quarantined: [], unsettled: expect.arrayContaining([expect.stringContaining('4711')]) },
    ]);
    expect(of('shop/order.json')).toMatchObject([{ family: 'shops', what: 'Order 727', verdict: 'unlisted' }]);
    expect(of('odd/letter.txt')).toMatchObject([{ quarantined: [expect.stringContaining('format-unknown')] }]);
    expect(of('odd/nothing.edi')).toMatchObject([{ quarantined: [expect.stringContaining('empty')] }]);
    expect(of('odd/order.edi.gz')).toMatchObject([{ quarantined: [expect.stringContaining('document-unsafe')] }]);
    expect(of('elsewhere/gls.json')).toMatchObject([{ family: 'carriers', verdict: 'unlisted' }]);
    expect(good.stdout).toMatch(/X12 +│ +4 │ +4 │ +0 │/);

    expect(bad.exitCode).toBe(1);
    expect(bad.outcomes.filter(({ verdict }) => verdict === 'wrong')).toMatchObject([
      { file: 'x12/gone.edi', differences: [{ field: 'document' }] },
      { file: 'x12/two-senders.edi', differences: [{ field: 'qty', expected: '11', got: '10' }] },
    ]);
    expect(bad.stdout).toContain('qty: expected "11", got "10"');
  });
});
