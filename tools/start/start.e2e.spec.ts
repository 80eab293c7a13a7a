/** The main job by one command, on real servers and real processes: a day, the same day again, and the day under drills. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { testDir } from '../stack/forTests.ts';
import type { Report } from './report.ts';
import { Collector } from './test/collector.ts';

const COMMAND = join(import.meta.dirname, 'main.ts');
const RUN_MS = 300_000;
const ENDS_MS = 220_000;

interface Ended {
  readonly code: number | undefined;
  readonly said: string;
  readonly report: Report;
}

let dir: string;
beforeAll(async () => (dir = await testDir('start')));
afterAll(async () => rm(dir, { recursive: true, force: true }));

const startWith = async (env: Record<string, string>, books: string, ...options: string[]): Promise<Ended> => {
  const file = join(dir, `${books}.json`);
  await rm(file, { force: true });
  const ended = await execa(process.execPath, [COMMAND, '--once', '--report', file, ...options], {
    env: { CROSSDOCK_DIR: join(dir, books), NODE_OPTIONS: '', ...env },
    reject: false,
    all: true,
    stdin: 'ignore',
    // One that hangs is told to stop in order, and fails by its code; a test that only timed out would leave it running.
    timeout: ENDS_MS,
    forceKillAfterDelay: 20_000,
  });
  const report = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Report) : ({} as Report);
  return { code: ended.exitCode, said: ended.all, report };
};
const start = (books: string, ...options: string[]): Promise<Ended> => startWith({}, books, ...options);
const brokenIn = ({ invariants = [] }: Report) => invariants.filter(({ holds }) => !holds);

const HEAD = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const row = (invoice: string, code: string, quantity: number, price: string, customer = '17850.0') =>
  `${invoice},${code},SOME GOODS,${quantity},2010-12-01 08:26:00,${price},${customer},United Kingdom`;
const FILE = [
  HEAD,
  row('600001', '85123A', 6, '2.55'),
  row('600001', '71053', 6, '3.39'),
  row('600001', '85123A', 2, '2.55'),
  row('600002', '85123A', 100, '2.10', ''),
  row('600002', 'POST', 1, '18.00', ''),
  row('600003', 'M', 1, '4.95'),
  row('C600004', '71053', -2, '3.39'),
  row('600005', '71053', -3, '0'),
  row('600006', '71053', 1, '1.00'),
  row('600006', '71053', -1, '1.00'),
  'A600007,B,Adjust bad debt,1,2010-12-01 08:26:00,-11062.06,,United Kingdom',
  '',
].join('\n');
/** 600001 20.40 + 20.34, 600002 210.00 + 18.00, 600003 4.95 */
const INVOICED = 27_369;

/** The journal of an invoice stands on the request that brought the order, commit by commit, through all services. */
function expectJoined(collector: Collector): void {
  const commits = collector.spans
    .filter(({ name }) => name === 'mongodb commit')
    .map((span) => collector.ancestry(span));
  const told = commits.map((line) => line.map(({ service, name }) => `${service}: ${name}`));
  const whole = told.filter(
    (line) =>
      line[1] === 'finance-posting: ledger invoice-drafted' &&
      line.includes('shipment-normalization: fulfilment confirm-dispatch') &&
      line.at(-1) === 'order-orchestration: POST /v1/order-files',
  );
  expect(whole.length).toBeGreaterThan(0);
}

describe('npm start with an order file', () => {
  it(
    'ends with every order closed and every posting exact; the same file again changes nothing',
    async () => {
      const file = join(dir, 'orders.csv');
      await writeFile(file, FILE);
      const first = await start('file', '--orders', file);
      expect(brokenIn(first.report)).toEqual([]);
      expect([first.code, first.said]).toEqual([0, expect.stringContaining('invariants hold')]);
      expect(first.report).toMatchObject({
        documents: { orders: 3, returns: 1, adjustments: 1, parked: 2, alreadyKnown: 0 },
        orders: { closed: 3 },
        lines: { ordered: 6, goods: 4, charges: 2 },
        money: { currency: 'GBP', invoicedNet: INVOICED, creditedNet: 678, tax: 0 },
        deadLetters: 0,
      });
      expect(first.report.money.debits).toBe(first.report.money.credits);

      const again = await start('file', '--orders', file);
      expect([again.code, brokenIn(again.report)]).toEqual([0, []]);
      expect(again.report).toMatchObject({
        documents: { orders: 0, returns: 0, adjustments: 0, parked: 0, alreadyKnown: 7 },
        money: { invoicedNet: 0, creditedNet: 0, debits: 0, credits: 0 },
      });

      // The same number with other content is nobody's to decide but a person's.
      await writeFile(file, FILE.replace('600001,71053,SOME GOODS,6', '600001,71053,SOME GOODS,7'));
      const changed = await start('file', '--orders', file);
      expect([changed.code, brokenIn(changed.report)]).toEqual([0, []]);
      expect(changed.report).toMatchObject({
        documents: { orders: 0, parked: 1, alreadyKnown: 6 },
        exceptions: { 'document-changed': 1 },
        money: { invoicedNet: 0, debits: 0 },
      });
    },
    3 * RUN_MS,
  );

  it(
    'bills every order in full when the stock comes late and in parts, and its traces join request and journal',
    async () => {
      const file = join(dir, 'tight.csv');
      await writeFile(file, FILE);
      const collector = await Collector.open();
      const traced = { CROSSDOCK_TRACE_URL: collector.url, CROSSDOCK_TRACE_RATIO: '1' };
      const { code, report } = await startWith(traced, 'tight', '--orders', file, '--stock', 'tight');
      await collector.close();
      expectJoined(collector);
      expect([code, brokenIn(report)]).toEqual([0, []]);
      expect(report).toMatchObject({
        orders: { closed: 3 },
        money: { invoicedNet: INVOICED, creditedNet: 678 },
        exceptions: { 'mixed-signs': 1 },
      });
    },
    RUN_MS,
  );

  it('says what is wrong with its options and does not start', async () => {
    const ended = await start('nothing', '--orders', join(dir, 'no such file.csv'));
    expect(ended.code).toBe(2);
    expect(ended.said).toContain('there is no file');
  });
});

const SHORT_DAY = ['--seed', 'drill', '--size', '24', '--stock', 'ample'];
const DAY = [...SHORT_DAY, '--pace', 'max'];

describe('a day that is interrupted', () => {
  it(
    'goes on where it was, and comes to what it would have come to',
    async () => {
      const file = join(dir, 'interrupted.json');
      const begun = execa(process.execPath, [COMMAND, '--once', '--report', file, ...SHORT_DAY, '--pace', '1000x'], {
        env: { CROSSDOCK_DIR: join(dir, 'interrupted'), NODE_OPTIONS: '' },
        reject: false,
        all: true,
        stdin: 'ignore',
        timeout: ENDS_MS,
        forceKillAfterDelay: 20_000,
      });
      begun.all.on('data', (part: Buffer) => {
        if (/accepted [1-9]/.test(String(part))) begun.kill('SIGINT');
      });
      expect((await begun).exitCode).toBe(130);
      expect(existsSync(file)).toBe(false);

      const { code, said, report } = await start('interrupted', ...DAY);
      expect(said).toContain('taking up again what was interrupted');
      expect([code, brokenIn(report)]).toEqual([0, []]);
      expect(report.documents).toMatchObject({ orders: 24, parked: 0, alreadyKnown: 0 });
      expect(report.orders).toEqual({ closed: 24 });
    },
    2 * RUN_MS,
  );
});

describe('a short day under drills', () => {
  const told = ({ documents, orders, lines, money, exceptions }: Report) => ({
    documents,
    orders,
    lines,
    money,
    exceptions,
  });
  let undisturbed: Report;

  it(
    'comes to the same undisturbed, killed process by process, and with an emptied broker',
    async () => {
      const calm = await start('calm', ...DAY);
      expect([calm.code, brokenIn(calm.report)]).toEqual([0, []]);
      undisturbed = calm.report;
      expect(undisturbed.orders).toEqual({ closed: undisturbed.documents.orders });

      const killed = await start('killed', '--kill', ...DAY);
      expect([killed.code, brokenIn(killed.report)]).toEqual([0, []]);
      expect(told(killed.report)).toEqual(told(undisturbed));
      for (const name of ['order-orchestration', 'finance-posting', 'nats-server', 'mongod']) {
        expect(killed.said).toContain(`drill: ${name} is back`);
      }

      const wiped = await start('wiped', '--wipe-broker', ...DAY);
      expect([wiped.code, brokenIn(wiped.report)]).toEqual([0, []]);
      expect(told(wiped.report)).toEqual(told(undisturbed));
    },
    3 * RUN_MS,
  );
});
