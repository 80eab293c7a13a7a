/** A partner's order of 5,000 lines by the HTTP door: what it costs the process that reads it. */
import { jest } from '@jest/globals';
import { aCustomer, MASTER_DATA } from '../bad-input/test/master-data.ts';
import { World } from '../bad-input/test/world.ts';
import { Partner } from './test/partner.ts';

const START_MS = 120_000;
jest.setTimeout(180_000);

const LINES = 5_000;
const CPU_SECONDS_MAX = 10;
const HEAP_GROWTH_MAX_MB = 100;
const LOOK_MS = 25;
const MB = 1024 * 1024;

const an850OfLines = (control: number, po: string, lines: number): string =>
  [
    `ISA*00*          *00*          *ZZ*ACMESTORES     *ZZ*CROSSDOCK      *260302*0900*U*00401*${String(control).padStart(9, '0')}*0*P*>`,
    `GS*PO*ACMESTORES*CROSSDOCK*20260302*0900*${control}*X*004010`,
    'ST*850*0001',
    `BEG*00*NE*${po}**20260302`,
    ...Array.from({ length: lines }, (_, at) => [
      `PO1*${at + 1}*2*EA*2.50*PE*BP*${4711 + (at % 2)}*VP*TEA-${at}*UP*${400_000_000_000 + at}`,
      `PID*F****Loose leaf, line ${at + 1} of the season's order`,
      'DTM*002*20260315',
    ]).flat(),
    `CTT*${lines}`,
    `SE*${lines * 3 + 4}*0001`,
    `GE*1*${control}`,
    `IEA*1*${String(control).padStart(9, '0')}`,
    '',
  ].join('~\n');

let world: World;
let acme: Partner;
beforeAll(async () => {
  const item = (name: string) => ({ ...(MASTER_DATA.items.find((one) => one.item === 'TEA') as object), item: name });
  world = await World.open('large-order', {
    ...MASTER_DATA,
    customers: [aCustomer('ACME', { pricing: 'list' })],
    items: ['TEA', 'POT'].map((name) => ({
      ...item(name),
      prices: [{ priceList: 'STANDARD', currency: 'GBP', price: '2.50' }],
    })),
  });
  acme = new Partner(world, 'ACME');
  const identifiers = [{ scheme: 'ZZ', value: 'ACMESTORES' }];
  const agreement = { standard: 'X12', types: ['850'], direction: 'in' as const, account: 'ACME', currency: 'GBP' };
  await acme.agrees(
    { name: 'Acme Stores', identifiers, agreements: [{ ...agreement, country: 'GB' }] },
    { '4711': 'TEA', '4712': 'POT' },
  );
}, START_MS);
afterAll(() => world?.close(), START_MS);

/** A value of the service's own metrics. */
const measured = async (name: string): Promise<number> => {
  const { text } = await world.get('/metrics', 'connectors');
  const line = text.split('\n').find((one) => one.startsWith(`${name}{`) || one.startsWith(`${name} `));
  if (!line) throw new Error(`there is no ${name}`);
  return Number(line.split(' ').at(-1));
};
const heapMb = async (): Promise<number> => (await measured('nodejs_heap_size_used_bytes')) / MB;

it('is taken with less than 10 s of CPU and less than 100 MB more of heap', async () => {
  // One of a few lines first: what every order needs is loaded then.
  await acme.sends(an850OfLines(1, 'SMALL', 3), 'application/edi-x12');
  await acme.document('SMALL', 'applied');
  const [heapBefore, cpuBefore] = [await heapMb(), await measured('process_cpu_seconds_total')];
  let largest = heapBefore;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      largest = Math.max(largest, await heapMb());
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();
  await acme.sends(an850OfLines(2, 'LARGE', LINES), 'application/edi-x12');
  await acme.document('LARGE', 'applied').finally(() => (isOver = true));
  await watching;
  const { body } = await world.get('/v1/orders/LARGE');
  expect(body['lines']).toHaveLength(LINES);
  expect((await measured('process_cpu_seconds_total')) - cpuBefore).toBeLessThan(CPU_SECONDS_MAX);
  expect(largest - heapBefore).toBeLessThan(HEAP_GROWTH_MAX_MB);
});
