/**
 * A warehouse that a third party runs and that speaks EDI: an order through the HTTP door goes out to it as 940, its 997
 * and 945 come back, and the order ends closed and billed for what really left.
 */
import { jest } from '@jest/globals';
import { verdictOf } from '../start/run.ts';
import { eventually, type Json, type World } from '../bad-input/test/world.ts';
import { Logis } from './test/logis.ts';
import type { Sent } from './test/partner.ts';
import { dataOf } from './test/reading.ts';
import { a943, a945, a997, an846, aDespatchAdvice, aReceipt944, type Picked } from './test/warehouse-documents.ts';

const START_MS = 120_000;
jest.setTimeout(120_000);
const SHIPMENTS = 'shipment-normalization';
const INVENTORY = 'inventory-propagation';

let world: World;
let logis: Logis;
beforeAll(async () => {
  ({ world, logis } = await Logis.open());
}, START_MS);
afterAll(() => world?.close(), START_MS);

const numberOf = (sent: Sent): string => String(dataOf(sent)['number']);
const invoicesOf = async (orderNo: string): Promise<string> =>
  JSON.stringify((await world.get(`/v1/invoices?order=${orderNo}`, 'finance-posting')).body);
const vases = (shippedNow: number, more: Partial<Picked> = {}): Picked => ({
  ...{ item: 'L-VASE', ordered: shippedNow, shipped: shippedNow },
  ...more,
});
const putAside = async (number: string): Promise<Json> => logis.document(number, 'quarantined');

describe('an order for a warehouse that a partner runs', () => {
  it('goes out as 940, is acknowledged, shipped by 945, delivered, billed and closed', async () => {
    const orderNo = await logis.ordered(['VASE', 10], ['LAMP', 4]);
    const order = await logis.orderToShip(orderNo);
    expect(order.faults).toEqual([]);
    expect(dataOf(order)).toMatchObject({
      purpose: 'original',
      warehouse: { name: 'Logis Leeds' },
      deliverTo: { name: 'Acme Store 42', address: { city: 'Leeds', postcode: 'LS1 4AB', country: 'GB' } },
      lines: [
        { lineNo: '1', item: { buyerItem: 'L-VASE', sellerItem: 'VASE' }, quantity: { value: '10' } },
        { lineNo: '2', item: { buyerItem: 'L-LAMP', sellerItem: 'LAMP' }, quantity: { value: '4' } },
      ],
    });
    const listed = await world.get('/v1/dispatches?partner=LOGIS', 'connectors');
    expect([listed.text.includes('940'), listed.text.includes('High Street')]).toEqual([true, false]);
    expect(await logis.fulfilments(orderNo)).toMatchObject([{ status: 'submitted', partner: 'LOGIS' }]);
    await logis.tells((control) => a997(control, order.counted));
    await eventually(
      'the warehouse to have it',
      async () => (await logis.fulfilments(orderNo))[0]?.['status'] === 'accepted',
    );
    const lines = [
      vases(10, { sscc: '001234500000000248', tracking: 'T-1A', lot: 'L2609' }),
      { item: 'L-LAMP', ordered: 4, shipped: 4, sscc: '001234500000000255', tracking: 'T-1B' },
    ];
    await logis.tells((control) => a945(control, 'SHP-1', numberOf(order), lines));
    await logis.document('SHP-1', 'applied');
    await world.reaches(orderNo, 'shipped', 'invoiced');
    expect(await logis.shipped(orderNo)).toMatchObject([
      {
        packages: [
          { trackingNo: 'T-1A', sscc: '001234500000000248', carrier: 'UPSN', contents: [{ lot: 'L2609' }] },
          { trackingNo: 'T-1B', sscc: '001234500000000255', contents: [{ lineNo: 2, quantity: 4 }] },
        ],
      },
    ]);
    for (const trackingNo of ['T-1A', 'T-1B']) await logis.delivered(trackingNo);
    await world.reaches(orderNo, 'closed');
    expect(await invoicesOf(orderNo)).toContain('3500');
  });

  it('is billed for what left when the 945 is short, and the rest goes out again when stock has come', async () => {
    const orderNo = await logis.ordered(['VASE', 6]);
    const first = await logis.orderToShip(orderNo);
    const short = vases(4, { ordered: 6, status: 'CP', tracking: 'T-2A', sscc: '001234500000000262' });
    await logis.tells((control) => a945(control, 'SHP-2', numberOf(first), [short]));
    await world.reaches(orderNo, 'partially-shipped');
    // What it did not find it counts before it is sold again: here new goods come in.
    await logis.tells((control) => aReceipt944(control, 'WR-2', 'L-VASE', 2));
    await logis.document('WR-2', 'applied');
    const second = await logis.orderToShip(orderNo, 2);
    expect(numberOf(second)).not.toBe(numberOf(first));
    expect(dataOf(second)).toMatchObject({ lines: [{ quantity: { value: '2' } }] });
    await logis.tells((control) =>
      a945(control, 'SHP-3', numberOf(second), [vases(2, { tracking: 'T-2B', sscc: '2' })]),
    );
    for (const trackingNo of ['T-2A', 'T-2B']) await logis.delivered(trackingNo);
    await world.reaches(orderNo, 'closed');
    const invoices = await invoicesOf(orderNo);
    expect([invoices.includes('1000'), invoices.includes('500')]).toEqual([true, true]);
  });

  it('may be shipped by despatch advice, which by agreement tells all that will come', async () => {
    const orderNo = await logis.ordered(['LAMP', 5]);
    const order = await logis.orderToShip(orderNo);
    await logis.sends(aDespatchAdvice('DA-1', numberOf(order), 'L-LAMP', 5, 'T-3'), 'application/xml');
    await logis.document('DA-1', 'applied');
    await logis.delivered('T-3');
    await world.reaches(orderNo, 'closed');
  });

  it('goes to our own warehouse where the partner’s days are over', async () => {
    const orderNo = await logis.ordered(['TEA', 1]);
    await world.reaches(orderNo, 'closed');
    expect((await logis.fulfilments(orderNo))[0]).not.toHaveProperty('partner');
  });
});

describe('a shipping advice that can not be right', () => {
  it('is put aside, names field and rule, and leaves nothing half done; the right one then ships', async () => {
    const orderNo = await logis.ordered(['VASE', 3]);
    const order = numberOf(await logis.orderToShip(orderNo));
    const wrong = async (number: string, of: string, lines: readonly Picked[]): Promise<readonly unknown[]> => {
      await logis.tells((control) => a945(control, number, of, lines));
      const { reason, faults } = await putAside(number);
      return [reason, (faults as { path: string }[])[0]?.path];
    };
    expect(await wrong('BAD-1', 'no-such-order', [vases(3)])).toEqual(['fulfilment-unknown', 'depositorOrder']);
    expect(await wrong('BAD-2', order, [vases(9)])).toEqual(['pick-above-release', 'lines[0].quantity']);
    expect(await wrong('BAD-3', order, [vases(1, { item: 'NOBODY' })])).toEqual(['line-unknown', 'lines[0].item']);
    expect(await wrong('BAD-4', order, [vases(3), { item: 'L-LAMP', ordered: 1, shipped: 1 }])).toEqual([
      'line-unknown',
      'lines[1].item',
    ]);
    expect(await logis.shipped(orderNo)).toEqual([]);
    expect((await logis.fulfilments(orderNo))[0]).toMatchObject({ lines: [{ picked: 0, short: 0, shipped: 0 }] });

    const right = vases(3, { tracking: 'T-4', sscc: '001234500000000279' });
    await logis.tells((control) => a945(control, 'SHP-4', order, [right]));
    await logis.document('SHP-4', 'applied');
    // Once more: the same is known, another content under its number is not.
    await logis.tells((control) => a945(control, 'SHP-4', order, [right]));
    await logis.documents('SHP-4', 'applied', 2);
    expect(await wrong('SHP-4', order, [vases(2, { ordered: 3, tracking: 'T-4' })])).toEqual([
      'document-changed',
      'number',
    ]);
    expect(await logis.shipped(orderNo)).toHaveLength(1);
    await logis.delivered('T-4');
    await world.reaches(orderNo, 'closed');
  });
});

describe('goods on their way to the warehouse', () => {
  const lamps = async (): Promise<Json | undefined> => (await logis.positions()).get('LAMP');
  it('are in transit by 943 and on hand by 944; what differs is a case until the rest comes', async () => {
    const before = Number((await lamps())?.['sellable']);
    await logis.tells((control) => a943(control, 'TRS-1', 'TR-1', 'L-LAMP', 40));
    await logis.document('TRS-1', 'applied');
    expect(await lamps()).toMatchObject({ inTransit: 40, sellable: before });
    await logis.tells((control) => aReceipt944(control, 'WR-7', 'L-LAMP', 38, 'TR-1'));
    await logis.document('WR-7', 'applied');
    expect(await lamps()).toMatchObject({ inTransit: 2, sellable: before + 38 });
    const [differs] = await world.cases('receipt-differs', INVENTORY);
    expect(differs).toMatchObject({ text: 'TR-1 at DC3: LAMP: 40 advised, 38 received' });
    await logis.tells((control) => aReceipt944(control, 'WR-8', 'L-LAMP', 2, 'TR-1'));
    await logis.document('WR-8', 'applied');
    expect(await lamps()).toMatchObject({ inTransit: 0, sellable: before + 40 });
    expect(await world.cases('receipt-differs', INVENTORY)).toEqual([]);
  });

  it('that never come are given up by a person', async () => {
    await logis.tells((control) => a943(control, 'TRS-2', 'TR-2', 'L-LAMP', 9));
    await logis.tells((control) => aReceipt944(control, 'WR-9', 'L-LAMP', 4, 'TR-2'));
    await logis.document('WR-9', 'applied');
    const [differs] = await world.cases('receipt-differs', INVENTORY);
    const path = `/v1/exceptions/${String(differs?.['id'])}/discard`;
    expect((await world.send('POST', path, { body: { comment: 'lost' } }, INVENTORY)).status).toBe(200);
    expect(await lamps()).toMatchObject({ inTransit: 0 });
    const { body } = await world.get('/v1/inbounds?number=TR-2', INVENTORY);
    expect(body['items']).toMatchObject([{ status: 'closed', documents: ['LOGIS/TRS-2'] }]);
  });
});

describe('a warehouse that refuses the order', () => {
  it('is a case; asked again it gets the same order under the next number', async () => {
    const orderNo = await logis.ordered(['LAMP', 2]);
    const first = await logis.orderToShip(orderNo);
    await logis.tells((control) => a997(control, first.counted, 'R'));
    const [refused] = await eventually('the case', async () => {
      const found = await world.cases('wms-refused', SHIPMENTS);
      return found.length > 0 ? found : undefined;
    });
    expect(String(refused?.['text'])).toContain('LOGIS');
    const again = await world.send('POST', `/v1/exceptions/${String(refused?.['id'])}/retry`, { body: {} }, SHIPMENTS);
    expect(again.status).toBeLessThan(300);
    const second = await logis.orderToShip(orderNo, 2);
    expect([second.counted > first.counted, numberOf(second)]).toEqual([true, numberOf(first)]);
    await logis.tells((control) => a997(control, second.counted));
    const lamps = { item: 'L-LAMP', ordered: 2, shipped: 2, tracking: 'T-5', sscc: '001234500000000286' };
    await logis.tells((control) => a945(control, 'SHP-5', numberOf(second), [lamps]));
    await logis.document('SHP-5', 'applied');
    await logis.delivered('T-5');
    await world.reaches(orderNo, 'closed');
  });
});

describe('a report of what the warehouse has', () => {
  it('is held against our books: what differs is a case, until a report agrees', async () => {
    const onHand = async (item: string) => Number((await logis.positions()).get(item)?.['onHand']);
    const [vases, lamps] = [await onHand('VASE'), await onHand('LAMP')];
    await logis.tells((control) => an846(control, 'ST-1', { 'L-VASE': vases, 'L-LAMP': lamps + 3 }));
    await logis.document('ST-1', 'applied');
    const [differs] = await world.cases('stock-differs', INVENTORY);
    expect(differs?.['text']).toBe(
      `LOGIS/ST-1 at DC3: 1 of 2 items differ: LAMP: ${lamps + 3} reported, ${lamps} on the books (unexplained)`,
    );
    const compared = await world.get('/v1/comparisons?node=DC3', INVENTORY);
    expect(compared.body['items']).toMatchObject([{ status: 'differs', differences: [{ difference: 3 }] }]);
    await logis.tells((control) => an846(control, 'ST-2', { 'L-VASE': vases, 'L-LAMP': lamps }));
    await logis.document('ST-2', 'applied');
    expect(await world.cases('stock-differs', INVENTORY)).toEqual([]);
  });
});

describe('an order of 5,000 lines', () => {
  it('goes out, is shipped by one 945 and closed', async () => {
    const LINES = 5_000;
    const CARTONS = 10;
    await logis.tells((control) => aReceipt944(control, 'WR-5000', 'L-VASE', LINES));
    await logis.document('WR-5000', 'applied');
    const orderNo = await logis.ordered(...Array.from({ length: LINES }, () => ['VASE', 1] as const));
    const order = await logis.orderToShip(orderNo);
    expect(dataOf(order)['lines']).toHaveLength(LINES);
    const lines = Array.from({ length: LINES }, (_, at) =>
      vases(1, { tracking: `T-L${at % CARTONS}`, sscc: String(at % CARTONS).padStart(18, '1') }),
    );
    await logis.tells((control) => a945(control, 'SHP-5000', numberOf(order), lines));
    await logis.document('SHP-5000', 'applied');
    const [shipment] = await logis.shipped(orderNo);
    expect(shipment?.['packages']).toHaveLength(CARTONS);
    for (let carton = 0; carton < CARTONS; carton++) await logis.delivered(`T-L${carton}`);
    await world.reaches(orderNo, 'closed');
  }, 240_000);
});

describe('whatever dies in between', () => {
  /** Killed, and back. */
  const dies = async (service: string): Promise<void> => {
    const { fleet } = world.platform;
    await fleet.member(service).kill9();
    await fleet.ready(service);
  };
  it('each order goes out once, is shipped once and billed once', async () => {
    const ordersNo: string[] = [];
    for (const service of ['connectors', SHIPMENTS]) {
      const killing = world.platform.fleet.member(service).kill9();
      ordersNo.push(await logis.ordered(['VASE', 1], ['LAMP', 1]));
      await killing;
      await world.platform.fleet.ready(service);
    }
    for (const [at, orderNo] of ordersNo.entries()) {
      const order = numberOf(await logis.orderToShip(orderNo));
      const lines = [vases(1, { tracking: `T-K${at}`, sscc: `${at}` }), { item: 'L-LAMP', ordered: 1, shipped: 1 }];
      const advice = (control: number): string => a945(control, `SHP-K${at}`, order, lines);
      await logis.tells(advice);
      await dies(at === 1 ? 'connectors' : SHIPMENTS);
      await logis.tells(advice);
      await logis.documents(`SHP-K${at}`, 'applied', 2);
      expect(await logis.shipped(orderNo)).toMatchObject([{ packages: [{ trackingNo: `T-K${at}` }, {}] }]);
      const sent = (await logis.mailbox(1)).filter(({ type, canonical }) => type === '940' && canonical);
      expect(sent.filter((one) => numberOf(one) === order)).toHaveLength(1);
      for (const parcel of ((await logis.shipped(orderNo))[0]?.['packages'] ?? []) as Json[])
        await logis.delivered(String(parcel['trackingNo']));
      await world.reaches(orderNo, 'closed');
    }
  }, 240_000);
});

describe('when all is told', () => {
  it('numbers have no gap, every invariant holds, and nothing is in quarantine', async () => {
    const counted = (await logis.mailbox(1)).map((sent) => sent.counted);
    expect(counted).toEqual(counted.map((_, at) => at + 1));
    const { services, fleet } = world.platform;
    expect((await verdictOf(world.platform)).filter(({ holds }) => !holds)).toEqual([]);
    expect(fleet.deaths()).toEqual([]);
    for (const service of services) {
      const { body } = await world.get('/v1/quarantine', service as 'connectors');
      expect([service, body['messages']]).toEqual([service, []]);
    }
  });
});
