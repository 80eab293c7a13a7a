/**
 * Orders that partners change while they wait for stock, through the running system: the change is answered line by line,
 * and what is despatched and billed is the changed order, under the partner's own number and line numbers.
 */
import { jest } from '@jest/globals';
import { verdictOf } from '../start/run.ts';
import { aCustomer, MASTER_DATA } from '../bad-input/test/master-data.ts';
import { eventually, World } from '../bad-input/test/world.ts';
import { an850, an860, aUblChange, aUblOrder } from './test/documents.ts';
import { Partner, PEPPA_PROFILE, type Sent } from './test/partner.ts';
import { dataOf, goodsOf, linesOf, one } from './test/reading.ts';

const START_MS = 120_000;
jest.setTimeout(120_000);

const CARTON = 12;
/** Nobody has any of them until they come in. */
const scarce = (item: string, price: string) => ({
  ...(MASTER_DATA.items.find((known) => known.item === 'TEA') as object),
  ...{ item, prices: [{ priceList: 'STANDARD', currency: 'GBP', price }] },
  units: [{ unit: 'CT', numerator: CARTON, denominator: 1 }],
});
const known = MASTER_DATA.items.filter(({ item }) => item !== 'RARE');
const CODES = { '4711': 'RARE', '4712': 'SCARCE', '4713': 'LATE' };
const account = (name: string) => aCustomer(name, { pricing: 'list', taxCategory: 'zero' });

let world: World;
let acme: Partner;
let peppa: Partner;
beforeAll(async () => {
  world = await World.open('changed-orders', {
    ...MASTER_DATA,
    customers: [account('ACME'), account('PEPPA')],
    items: [...known, scarce('RARE', '2.50'), scarce('SCARCE', '5.00'), scarce('LATE', '4.00')],
  });
  acme = new Partner(world, 'ACME');
  await acme.agrees(
    {
      name: 'Acme Stores',
      identifiers: [{ scheme: 'ZZ', value: 'ACMESTORES' }],
      agreements: [
        { standard: 'X12', types: ['850', '860'], direction: 'in', account: 'ACME', country: 'GB', respond: true },
        { standard: 'X12', types: ['856', '810'], direction: 'out' },
      ],
    },
    CODES,
  );
  peppa = new Partner(world, 'PEPPA');
  await peppa.agrees(PEPPA_PROFILE, CODES);
}, START_MS);
afterAll(() => world?.close(), START_MS);

const answers = (sent: Sent): unknown[] =>
  linesOf(sent).map((line) => {
    const { status, backordered } = line as { status?: string; backordered?: { value: string; unit: string } };
    return [line.orderLineNo, status, line.quantity?.value, backordered?.value];
  });
/** The newest of a type that a partner was sent about its order, once there are so many. */
const told = (partner: Partner, type: string, order: string, count = 1): Promise<Sent> =>
  eventually(`${count} ${type} about ${order}`, async () => {
    const found = (await partner.mailbox(1)).filter(
      (sent) => sent.type === type && dataOf(sent)['orderNumber'] === order,
    );
    return found.length >= count ? found.at(-1) : undefined;
  });
const payable = (sent: Sent): unknown => (dataOf(sent)['totals'] as { payable: { minor: number } }).payable.minor;

describe('a partner that changes its order by 860', () => {
  it('is answered by an 865 for each line, and gets and pays what it changed it to', async () => {
    await acme.sends(an850(1, 'A-1', 1, 5), 'application/edi-x12');
    await world.reaches('A-1', 'backordered');
    await told(acme, '855', 'A-1');
    const lines = ['POC*10*QI*3*2*CT***BP*4711', 'POC*20*DI*5**EA***BP*4712', 'POC*30*AI*4**EA***BP*4713'];
    await acme.sends(an860(2, 'A-1', lines), 'application/edi-x12');
    await world.reaches('A-1.R2', 'backordered');
    expect(await world.status('A-1')).toBe('cancelled');
    world.cancelled.add('A-1');
    const answer = await told(acme, '865', 'A-1');
    expect(dataOf(answer)).toMatchObject({ number: 'A-1/2', status: 'changed' });
    expect(answers(answer)).toEqual([
      ['10', 'backordered', undefined, '3'],
      ['20', 'accepted', '5', undefined],
      ['30', 'backordered', undefined, '4'],
    ]);

    await world.receive({ RARE: 3 * CARTON, SCARCE: 50, LATE: 4 });
    await world.reaches('A-1.R2', 'closed');
    world.taken.add('A-1.R2');
    const sent = [await told(acme, '856', 'A-1'), await told(acme, '810', 'A-1')];
    const goods = [
      ['4711', '3', 'CT'],
      ['4713', '4', 'EA'],
    ];
    for (const type of ['856', '810']) {
      const document = one(sent, type);
      expect([type, goodsOf(document), dataOf(document)['orderNumber']]).toEqual([type, goods, 'A-1']);
      expect(linesOf(document).map(({ orderLineNo }) => orderLineNo)).toEqual(['10', '30']);
    }
    expect(payable(one(sent, '810'))).toBe(3 * CARTON * 250 + 4 * 400);
    expect(dataOf(one(sent, '856'))).toMatchObject({ deliverTo: { name: 'Acme Store 42' } });
  });

  it('has a change of the changed order done as well, by the number that it knows, and then none any more', async () => {
    await acme.sends(an850(3, 'A-2', 1, 60), 'application/edi-x12');
    // 50 of the 60 are there and leave: the warehouse has the order, and it stands as it is.
    await world.reaches('A-2', 'partially-shipped');
    await acme.sends(an860(4, 'A-2', ['POC*10*QD*2**CT***BP*4711']), 'application/edi-x12');
    const refused = await told(acme, '865', 'A-2');
    expect([dataOf(refused)['status'], answers(refused)]).toEqual(['rejected', [['10', 'rejected', '2', undefined]]]);
    expect(linesOf(refused)).toMatchObject([{ note: expect.stringContaining('change-not-possible') }]);
    expect(await world.cases('change-not-possible', 'connectors')).toHaveLength(1);

    await acme.sends(an850(5, 'A-3', 2, 7), 'application/edi-x12');
    await world.reaches('A-3', 'backordered');
    await acme.sends(an860(6, 'A-3', ['POC*20*QD*6**EA***BP*4712']), 'application/edi-x12');
    await world.reaches('A-3.R2', 'backordered');
    await acme.sends(an860(7, 'A-3', ['POC*10*CA*1**CT***BP*4711'], '05'), 'application/edi-x12');
    await world.reaches('A-3.R3', 'backordered');
    expect(await world.status('A-3.R2')).toBe('cancelled');
    await world.receive({ RARE: 2 * CARTON, SCARCE: 10 });
    await world.reaches('A-3.R3', 'closed');
    await world.reaches('A-2', 'closed');
    await told(acme, '865', 'A-3', 2);
    expect(goodsOf(await told(acme, '810', 'A-3'))).toEqual([['4711', '1', 'CT']]);
  });
});

describe('a partner that changes its order by UBL OrderChange', () => {
  it('is answered by an OrderResponse, and is sent and billed the changed lines', async () => {
    await peppa.sends(aUblOrder('P-1', 1, 2), 'application/xml');
    await world.reaches('P-1', 'backordered');
    await told(peppa, 'OrderResponse', 'P-1');
    const change = aUblChange('CHG-1', 'P-1', [
      ['1', 2, 'CT', '4711', '3'],
      ['2', 2, 'EA', '4712', '2'],
    ]);
    await peppa.sends(change, 'application/xml');
    await world.reaches('P-1.R2', 'backordered');
    const answer = await told(peppa, 'OrderResponse', 'P-1', 2);
    expect(linesOf(answer).map(({ orderLineNo }) => orderLineNo)).toEqual(['1', '2']);
    await world.receive({ RARE: 2 * CARTON });
    await world.reaches('P-1.R2', 'closed');
    const sent = (await peppa.mailbox(4)).slice(2);
    for (const type of ['DespatchAdvice', 'Invoice']) expect(goodsOf(one(sent, type))).toEqual([['4711', '2', 'CT']]);
    expect(payable(one(sent, 'Invoice'))).toBe(2 * CARTON * 250);
  });
});

describe('when all is told', () => {
  it('every invariant holds and nothing is in quarantine', async () => {
    const verdicts = await verdictOf(world.platform);
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    for (const service of world.platform.services) {
      const { body } = await world.get('/v1/quarantine', service as 'connectors');
      expect([service, body['messages']]).toEqual([service, []]);
    }
  });
});
