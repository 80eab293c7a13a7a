/**
 * The whole way of partners' orders through the running system: in by the HTTP door, through every service, and back to
 * the partner as its acknowledgement, response, despatch advice and invoice, each read again as the partner reads it.
 */
import { jest } from '@jest/globals';
import { verdictOf } from '../start/run.ts';
import { aCustomer, MASTER_DATA } from '../bad-input/test/master-data.ts';
import { eventually, World, type Json } from '../bad-input/test/world.ts';
import {
  a824,
  a944,
  aCancelling860,
  aChanging860,
  an850,
  aUblCancellation,
  aUblOrder,
  OURS,
} from './test/documents.ts';
import { Partner, PEPPA_PROFILE, type Sent } from './test/partner.ts';
import { dataOf, goodsOf, linesOf, one } from './test/reading.ts';

const START_MS = 120_000;
jest.setTimeout(120_000);

const CARTON = 12;
const prices = (price: string) => [{ priceList: 'STANDARD', currency: 'GBP', price }];
const priced = (item: string, price: string, units: object[] = []) => ({
  ...(MASTER_DATA.items.find((one) => one.item === 'TEA') as object),
  ...{ item, prices: prices(price), units },
});
const CARTONS = [{ unit: 'CT', numerator: CARTON, denominator: 1 }];
const ITEMS = [
  priced('TEA', '2.55', CARTONS),
  priced('POT', '4.99'),
  // Nobody has any: its orders wait, and can be cancelled.
  priced('RARE', '9.99', CARTONS),
];
const account = (name: string) => aCustomer(name, { pricing: 'list', taxCategory: 'standard' });
const entity = { ...MASTER_DATA.entities[0], taxRates: [{ country: '*', category: 'standard', percent: '20' }] };
const CODES = { '4711': 'TEA', '4712': 'POT', '4713': 'RARE' };

let world: World;
let acme: Partner;
let peppa: Partner;
beforeAll(async () => {
  world = await World.open('partners', {
    ...MASTER_DATA,
    entities: [entity],
    customers: [account('ACME'), account('PEPPA')],
    items: ITEMS,
  });
  acme = new Partner(world, 'ACME');
  await acme.agrees(
    {
      name: 'Acme Stores',
      identifiers: [{ scheme: 'ZZ', value: 'ACMESTORES' }],
      agreements: [
        {
          standard: 'X12',
          types: ['850', '860', '824'],
          direction: 'in',
          account: 'ACME',
          acknowledge: true,
          respond: true,
        },
        { standard: 'X12', types: ['856', '810'], direction: 'out' },
        { standard: 'X12', types: ['846'], direction: 'out', everyHours: 24, channel: 'web' },
      ],
    },
    CODES,
  );
  peppa = new Partner(world, 'PEPPA');
  await peppa.agrees(PEPPA_PROFILE, CODES);
}, START_MS);
afterAll(() => world?.close(), START_MS);

/** 3 cartons at 12 x 2.55 and 5 pieces at 4.99, 20 % tax on each line, rounded once. */
const NET = 3 * CARTON * 255 + 5 * 499;
const TAX = (3 * CARTON * 255) / 5 + (5 * 499) / 5;
const GOODS = [
  ['4711', '3', 'CT'],
  ['4712', '5', 'EA'],
];

const expectBilled = (invoice: Sent, order: string): void => {
  expect(goodsOf(invoice)).toEqual(GOODS);
  expect(dataOf(invoice)).toMatchObject({
    currency: 'GBP',
    orderNumber: order,
    totals: {
      lines: { minor: NET, currency: 'GBP' },
      tax: { minor: TAX },
      payable: { minor: NET + TAX, currency: 'GBP' },
    },
  });
  expect(linesOf(invoice).map(({ unitPrice, amount }) => [unitPrice, amount?.minor])).toEqual([
    ['30.6', 3 * CARTON * 255],
    ['4.99', 5 * 499],
  ]);
};

describe('a partner that trades by X12', () => {
  it('has its order acknowledged, answered, advised and billed, in that order and without a gap', async () => {
    await acme.sends(an850(1, 'A-1', 3, 5), 'application/edi-x12');
    await world.reaches('A-1', 'closed');
    world.taken.add('A-1');
    const sent = await acme.mailbox(4);
    expect(sent.map(({ type }) => type)).toEqual(['997', '855', '856', '810']);
    expect(sent.map(({ control }) => Number(control))).toEqual([1, 2, 3, 4]);
    expect(sent.map(({ faults }) => faults)).toEqual([[], [], [], []]);

    expect(dataOf(one(sent, '855'))).toMatchObject({ orderNumber: 'A-1', status: 'accepted' });
    const advice = one(sent, '856');
    expect(goodsOf(advice)).toEqual(GOODS);
    expect(dataOf(advice)).toMatchObject({ orderNumber: 'A-1', deliverTo: { name: 'Acme Store 42' } });
    expectBilled(one(sent, '810'), 'A-1');
    const posted = await world.get('/v1/invoices?order=A-1', 'finance-posting');
    expect(JSON.stringify(posted.body)).toContain(String(dataOf(one(sent, '810'))['number']));
  });

  it('hears of each shipment by itself when stock comes late, and is billed in full', async () => {
    await world.receive({ TEA: 1 });
    await acme.sends(an850(2, 'A-2', 1, 20_005), 'application/edi-x12');
    await world.reaches('A-2', 'partially-shipped');
    await world.receive({ POT: 20_000 });
    await world.reaches('A-2', 'closed');
    world.taken.add('A-2');
    const sent = (await acme.mailbox(10)).slice(4);
    expect(sent.map(({ type }) => type).toSorted()).toEqual(['810', '810', '855', '856', '856', '997']);
    expect(sent.map(({ control }) => Number(control))).toEqual([5, 6, 7, 8, 9, 10]);
    const pieces = (type: string) =>
      sent
        .filter((document) => document.type === type)
        .flatMap(linesOf)
        .filter(({ item }) => item.buyerItem === '4712')
        .reduce((sum, { quantity }) => sum + Number(quantity.value), 0);
    expect([pieces('856'), pieces('810')]).toEqual([20_005, 20_005]);
    const payable = sent
      .filter(({ type }) => type === '810')
      .map((document) => (dataOf(document)['totals'] as { payable: { minor: number } }).payable.minor)
      .reduce((sum, minor) => sum + minor, 0);
    expect(payable).toBe(((CARTON * 255 + 20_005 * 499) * 6) / 5);
  });
});

describe('a partner that trades by UBL', () => {
  it('gets OrderResponse, DespatchAdvice and Invoice of its order', async () => {
    await peppa.sends(aUblOrder('P-1', 3, 5), 'application/xml');
    await world.reaches('P-1', 'closed');
    world.taken.add('P-1');
    const sent = await peppa.mailbox(3);
    expect(sent.map(({ type }) => type)).toEqual(['OrderResponse', 'DespatchAdvice', 'Invoice']);
    expect(sent.map(({ counted }) => counted)).toEqual([1, 2, 3]);
    expect(sent.map(({ faults }) => faults)).toEqual([[], [], []]);
    expect(dataOf(one(sent, 'OrderResponse'))).toMatchObject({ orderNumber: 'P-1', status: 'accepted' });
    expect(goodsOf(one(sent, 'DespatchAdvice'))).toEqual(GOODS);
    expectBilled(one(sent, 'Invoice'), 'P-1');
    expect(JSON.stringify(dataOf(one(sent, 'Invoice'))['seller'])).toContain(OURS);
  });
});

const ofRare = (order: string): string => order.replace('4711', '4713').replace('4712', '4713');
describe('a partner that wants an order changed', () => {
  /** The newest of its mailbox once there are so many. */
  const newest = async (partner: Partner, count: number): Promise<Sent> =>
    (await partner.mailbox(count)).at(-1) as Sent;

  it('has one cancelled that waits for stock, and is told so', async () => {
    await acme.sends(ofRare(an850(3, 'A-3', 1, 7)), 'application/edi-x12');
    const waiting = await newest(acme, 12);
    expect([waiting.type, dataOf(waiting)['status']]).toEqual(['855', 'changed']);
    await acme.sends(aCancelling860(4, 'A-3'), 'application/edi-x12');
    await world.reaches('A-3', 'cancelled');
    world.cancelled.add('A-3');
    const told = (await acme.mailbox(14)).slice(12);
    expect(told.map(({ type }) => type).toSorted()).toEqual(['865', '997']);
    expect(dataOf(one(told, '865'))).toMatchObject({ orderNumber: 'A-3', status: 'accepted' });
  });

  it('is refused what can not be done any more, or not at all, and a person is told why', async () => {
    await acme.sends(aCancelling860(5, 'A-1'), 'application/edi-x12');
    const late = one((await acme.mailbox(16)).slice(14), '865');
    expect(dataOf(late)).toMatchObject({ orderNumber: 'A-1', status: 'rejected' });
    await acme.sends(aChanging860(6, 'A-2'), 'application/edi-x12');
    const changed = one((await acme.mailbox(18)).slice(16), '865');
    expect(dataOf(changed)).toMatchObject({ orderNumber: 'A-2', status: 'rejected' });
    expect(linesOf(changed)).toHaveLength(1);
    expect(await world.cases('order-ended', 'connectors')).toHaveLength(2);
  });

  it('cancels by UBL as well', async () => {
    await peppa.sends(ofRare(aUblOrder('P-2', 1, 1)), 'application/xml');
    await peppa.mailbox(4);
    await peppa.sends(aUblCancellation('C-1', 'P-2'), 'application/xml');
    await world.reaches('P-2', 'cancelled');
    world.cancelled.add('P-2');
    const told = await newest(peppa, 5);
    expect([told.type, dataOf(told)['status'], dataOf(told)['orderNumber']]).toEqual([
      'OrderResponse',
      'accepted',
      'P-2',
    ]);
  });
});

describe('a warehouse that tells by 944 what came in', () => {
  const receipt = (control: number, cartons = 2) => a944(control, 'WR-1', cartons);
  let logis: Partner;
  beforeAll(async () => {
    logis = new Partner(world, 'LOGIS');
    await logis.agrees(
      {
        name: 'Logis',
        identifiers: [{ scheme: 'ZZ', value: 'LOGIS' }],
        agreements: [{ standard: 'X12', types: ['944'], direction: 'in', books: 'receipt', node: 'DC1' }],
      },
      { 'L-13': 'RARE' },
    );
  });

  it('fills the order that waited for it, in base units, and once', async () => {
    await acme.sends(ofRare(an850(7, 'A-4', 1, 7)), 'application/edi-x12');
    await world.reaches('A-4', 'backordered');
    await logis.sends(receipt(1), 'application/edi-x12');
    await logis.document('WR-1', 'applied');
    await world.reaches('A-4', 'closed');
    world.taken.add('A-4');
    await logis.sends(receipt(2), 'application/edi-x12');
    await logis.documents('WR-1', 'applied', 2);
    // 24 came in, 12 + 7 left: the second copy brought nothing.
    const { body } = await world.get('/v1/availability?items=RARE', 'inventory-propagation');
    expect(JSON.stringify(body)).toContain('"available":5');
  });

  it('is asked again when the same number says something else', async () => {
    await logis.sends(receipt(3, 3), 'application/edi-x12');
    const changed = await logis.document('WR-1', 'quarantined');
    expect(changed['reason']).toBe('document-changed');
  });
});

describe('a partner that refuses what it was sent', () => {
  it('by 824 has a person look at the very invoice', async () => {
    const invoice = (await acme.mailbox(4)).find(({ type }) => type === '810') as Sent;
    await acme.sends(a824(8, String(dataOf(invoice)['number'])), 'application/edi-x12');
    const refused = await eventually('the invoice to be refused', async () => {
      const { body } = await world.send('GET', '/v1/dispatches?partner=ACME&status=rejected', {}, 'connectors');
      const found = body['dispatches'] as Json[];
      return found.length > 0 ? found : undefined;
    });
    expect(refused).toMatchObject([{ type: '810', control: invoice.counted }]);
    expect(JSON.stringify(await world.cases('rejected-by-partner', 'connectors'))).toContain('PRICE NOT AGREED');
  });
});

describe('a stock report', () => {
  it('tells by 846 what the partner may order, in its own numbers, when somebody wants it told', async () => {
    const asked = await world.send('POST', '/v1/partners/ACME/stock-report', {}, 'connectors');
    expect([asked.status, asked.body]).toEqual([202, { partner: 'ACME', reports: 1 }]);
    const isReport = ({ type }: Sent): boolean => type === '846';
    const report = await eventually('the report', async () => (await acme.mailbox(1)).find(isReport));
    const lines = dataOf(report)['lines'] as readonly { item: { buyerItem: string }; quantities: readonly object[] }[];
    const told = Object.fromEntries(lines.map(({ item, quantities }) => [item.buyerItem, quantities]));
    expect(Object.keys(told).toSorted()).toEqual(['4711', '4712', '4713']);
    expect(told['4713']).toMatchObject([{ kind: 'available', quantity: { value: '5', unit: 'EA' } }]);
    const none = await world.send('POST', '/v1/partners/PEPPA/stock-report', {}, 'connectors');
    expect(none.status).toBe(409);
  });
});

describe('when all is told', () => {
  it('every invariant holds and nothing is in quarantine', async () => {
    const { services, fleet } = world.platform;
    const verdicts = await verdictOf(world.platform);
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(fleet.deaths()).toEqual([]);
    for (const service of services) {
      const { body } = await world.get('/v1/quarantine', service as 'connectors');
      expect([service, body['messages']]).toEqual([service, []]);
    }
  });
});
