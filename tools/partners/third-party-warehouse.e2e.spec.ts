/**
 * A warehouse that a third party runs and that speaks EDI: an order through the HTTP door goes out to it as 940, its 997
 * and 945 come back, and the order ends closed and billed for what really left.
 */
import { jest } from '@jest/globals';
import { verdictOf } from '../start/run.ts';
import { MASTER_DATA } from '../bad-input/test/master-data.ts';
import { aLine, aNumber, eventually, World, type Json } from '../bad-input/test/world.ts';
import { Partner, type Sent } from './test/partner.ts';
import { dataOf } from './test/reading.ts';
import { a943, a945, a997, aDespatchAdvice, aReceipt944, type Picked } from './test/warehouse-documents.ts';

const START_MS = 120_000;
jest.setTimeout(120_000);
const EDI = 'application/edi-x12';
const XML = 'application/xml';
const SHIPMENTS = 'shipment-normalization';
const INVENTORY = 'inventory-propagation';

const TEA = MASTER_DATA.items.find((one) => one.item === 'TEA') as object;
const anItem = (item: string) => ({ ...TEA, item, nodes: ['DC3'] });
const DC3 = { ...MASTER_DATA.nodes[0], node: 'DC3', name: 'Logis Leeds' };

let world: World;
let logis: Partner;
/** Interchanges that Logis has sent. */
let controls = 0;
const sends = (document: (control: number) => string): Promise<void> => logis.sends(document((controls += 1)), EDI);
const receive = async (stock: Readonly<Record<string, number>>): Promise<void> => {
  const lines = Object.entries(stock).map(([item, quantity]) => ({ item, quantity }));
  const body = { documentNo: aNumber(), node: 'DC3', correlationId: 'opening', lines };
  const { status, text } = await world.send('POST', '/v1/receipts', { body }, INVENTORY);
  if (status >= 300) throw new Error(text);
};

beforeAll(async () => {
  world = await World.open('third-party', {
    ...MASTER_DATA,
    nodes: [...MASTER_DATA.nodes, DC3],
    items: [...MASTER_DATA.items, anItem('VASE'), anItem('LAMP')],
  });
  await receive({ VASE: 100, LAMP: 100 });
  logis = new Partner(world, 'LOGIS');
  await logis.agrees(
    {
      name: 'Logis Leeds',
      identifiers: [{ scheme: 'ZZ', value: 'LOGIS' }],
      agreements: [
        { standard: 'X12', types: ['940'], direction: 'out', node: 'DC3', acknowledgedWithinHours: 24 },
        // It ran our own warehouse once; orders of today go there by the WMS.
        { standard: 'X12', types: ['940'], direction: 'out', node: 'DC1', validTo: '2026-01-31' },
        { standard: 'X12', types: ['945'], direction: 'in', books: 'shipment' },
        { standard: 'UBL', types: ['DespatchAdvice'], direction: 'in', books: 'shipment', shipsOnce: true },
        { standard: 'X12', types: ['944'], direction: 'in', books: 'receipt', node: 'DC3' },
        { standard: 'X12', types: ['943'], direction: 'in', books: 'in-transit', node: 'DC3' },
        { standard: 'X12', types: ['997'], direction: 'in' },
      ],
    },
    { 'L-VASE': 'VASE', 'L-LAMP': 'LAMP' },
  );
  await eventually('the route to be heard', async () => {
    const { pending, unacknowledged } = await world.platform.broker.lag();
    return pending + unacknowledged === 0 ? true : undefined;
  });
}, START_MS);
afterAll(() => world?.close(), START_MS);

const ordered = async (...lines: readonly (readonly [item: string, quantity: number])[]): Promise<string> => {
  const documentNo = aNumber();
  const body = {
    ...{ documentNo, account: 'SOUND', currency: 'GBP' },
    shipTo: { name: 'Acme Store 42', lines: ['4 High Street'], city: 'Leeds', postcode: 'LS1 4AB', country: 'GB' },
    lines: lines.map(([item, quantity], at) => aLine({ lineNo: at + 1, item, quantity: String(quantity) })),
  };
  const { status, text } = await world.submit(body);
  if (status !== 201) throw new Error(`${status} ${text}`);
  world.taken.add(documentNo);
  return documentNo;
};
const orders940 = async (): Promise<readonly Sent[]> => (await logis.mailbox(1)).filter(({ type }) => type === '940');
/** The newest order to ship for an order of ours, once there are so many for it. */
const orderToShip = (orderNo: string, count = 1): Promise<Sent> =>
  eventually(`${count} orders to ship for ${orderNo}`, async () => {
    const own = (await orders940()).filter((sent) => JSON.stringify(dataOf(sent)['references']).includes(orderNo));
    return own.length >= count ? own.at(-1) : undefined;
  });
const numberOf = (sent: Sent): string => String(dataOf(sent)['number']);
const delivered = async (trackingNo: string): Promise<void> => {
  const detail = (status: string, datetime: string) => ({
    object: 'TrackingDetail',
    message: status,
    status,
    datetime,
  });
  const result = {
    ...{ id: `trk_${trackingNo}`, object: 'Tracker', tracking_code: trackingNo, status: 'delivered', carrier: 'UPS' },
    ...{ created_at: '2026-03-05T10:00:00Z', updated_at: '2026-03-07T10:00:00Z' },
    tracking_details: [detail('in_transit', '2026-03-06T09:00:00Z'), detail('delivered', '2026-03-07T09:00:00Z')],
  };
  const event = { id: `evt_${trackingNo}`, object: 'Event', description: 'tracker.updated', result };
  const body = JSON.stringify({ ...event, created_at: '2026-03-07T10:00:00Z' });
  const sending = { body, token: '', headers: world.signed('easypost', body) };
  const { status, text } = await world.send('POST', '/webhooks/easypost/acme-easypost', sending, SHIPMENTS);
  if (status >= 300) throw new Error(text);
};
const shipped = async (orderNo: string): Promise<readonly Json[]> =>
  (await world.get(`/v1/shipments?order=${orderNo}`, SHIPMENTS)).body['shipments'] as Json[];
const fulfilments = async (orderNo: string): Promise<readonly Json[]> =>
  (await world.get(`/v1/fulfilments?order=${orderNo}`, SHIPMENTS)).body['fulfilments'] as Json[];
const invoicesOf = async (orderNo: string): Promise<string> =>
  JSON.stringify((await world.get(`/v1/invoices?order=${orderNo}`, 'finance-posting')).body);
const vases = (shippedNow: number, more: Partial<Picked> = {}): Picked => ({
  ...{ item: 'L-VASE', ordered: shippedNow, shipped: shippedNow },
  ...more,
});
const putAside = async (number: string): Promise<Json> => logis.document(number, 'quarantined');

describe('an order for a warehouse that a partner runs', () => {
  it('goes out as 940, is acknowledged, shipped by 945, delivered, billed and closed', async () => {
    const orderNo = await ordered(['VASE', 10], ['LAMP', 4]);
    const order = await orderToShip(orderNo);
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
    expect(await fulfilments(orderNo)).toMatchObject([{ status: 'submitted', partner: 'LOGIS' }]);
    await sends((control) => a997(control, order.counted));
    await eventually(
      'the warehouse to have it',
      async () => (await fulfilments(orderNo))[0]?.['status'] === 'accepted',
    );
    const lines = [
      vases(10, { sscc: '001234500000000248', tracking: 'T-1A', lot: 'L2609' }),
      { item: 'L-LAMP', ordered: 4, shipped: 4, sscc: '001234500000000255', tracking: 'T-1B' },
    ];
    await sends((control) => a945(control, 'SHP-1', numberOf(order), lines));
    await logis.document('SHP-1', 'applied');
    await world.reaches(orderNo, 'shipped', 'invoiced');
    expect(await shipped(orderNo)).toMatchObject([
      {
        packages: [
          { trackingNo: 'T-1A', sscc: '001234500000000248', carrier: 'UPSN', contents: [{ lot: 'L2609' }] },
          { trackingNo: 'T-1B', sscc: '001234500000000255', contents: [{ lineNo: 2, quantity: 4 }] },
        ],
      },
    ]);
    for (const trackingNo of ['T-1A', 'T-1B']) await delivered(trackingNo);
    await world.reaches(orderNo, 'closed');
    expect(await invoicesOf(orderNo)).toContain('3500');
  });

  it('is billed for what left when the 945 is short, and the rest goes out again when stock has come', async () => {
    const orderNo = await ordered(['VASE', 6]);
    const first = await orderToShip(orderNo);
    const short = vases(4, { ordered: 6, status: 'CP', tracking: 'T-2A', sscc: '001234500000000262' });
    await sends((control) => a945(control, 'SHP-2', numberOf(first), [short]));
    await world.reaches(orderNo, 'partially-shipped');
    // What it did not find it counts before it is sold again: here new goods come in.
    await sends((control) => aReceipt944(control, 'WR-2', 'L-VASE', 2));
    await logis.document('WR-2', 'applied');
    const second = await orderToShip(orderNo, 2);
    expect(numberOf(second)).not.toBe(numberOf(first));
    expect(dataOf(second)).toMatchObject({ lines: [{ quantity: { value: '2' } }] });
    await sends((control) => a945(control, 'SHP-3', numberOf(second), [vases(2, { tracking: 'T-2B', sscc: '2' })]));
    for (const trackingNo of ['T-2A', 'T-2B']) await delivered(trackingNo);
    await world.reaches(orderNo, 'closed');
    const invoices = await invoicesOf(orderNo);
    expect([invoices.includes('1000'), invoices.includes('500')]).toEqual([true, true]);
  });

  it('may be shipped by despatch advice, which by agreement tells all that will come', async () => {
    const orderNo = await ordered(['LAMP', 5]);
    const order = await orderToShip(orderNo);
    await logis.sends(aDespatchAdvice('DA-1', numberOf(order), 'L-LAMP', 5, 'T-3'), XML);
    await logis.document('DA-1', 'applied');
    await delivered('T-3');
    await world.reaches(orderNo, 'closed');
  });

  it('goes to our own warehouse where the partner’s days are over', async () => {
    const orderNo = await ordered(['TEA', 1]);
    await world.reaches(orderNo, 'closed');
    expect((await fulfilments(orderNo))[0]).not.toHaveProperty('partner');
  });
});

describe('a shipping advice that can not be right', () => {
  it('is put aside, names field and rule, and leaves nothing half done; the right one then ships', async () => {
    const orderNo = await ordered(['VASE', 3]);
    const order = numberOf(await orderToShip(orderNo));
    const wrong = async (number: string, of: string, lines: readonly Picked[]): Promise<readonly unknown[]> => {
      await sends((control) => a945(control, number, of, lines));
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
    expect(await shipped(orderNo)).toEqual([]);
    expect((await fulfilments(orderNo))[0]).toMatchObject({ lines: [{ picked: 0, short: 0, shipped: 0 }] });

    const right = vases(3, { tracking: 'T-4', sscc: '001234500000000279' });
    await sends((control) => a945(control, 'SHP-4', order, [right]));
    await logis.document('SHP-4', 'applied');
    // Once more: the same is known, another content under its number is not.
    await sends((control) => a945(control, 'SHP-4', order, [right]));
    await logis.documents('SHP-4', 'applied', 2);
    expect(await wrong('SHP-4', order, [vases(2, { ordered: 3, tracking: 'T-4' })])).toEqual([
      'document-changed',
      'number',
    ]);
    expect(await shipped(orderNo)).toHaveLength(1);
    await delivered('T-4');
    await world.reaches(orderNo, 'closed');
  });
});

describe('goods on their way to the warehouse', () => {
  const lamps = async (): Promise<Json | undefined> => {
    const { body } = await world.get('/v1/positions?node=DC3&item=LAMP', INVENTORY);
    return (body['items'] as Json[])[0];
  };
  it('are in transit by 943 and on hand by 944; what differs is a case until the rest comes', async () => {
    const before = Number((await lamps())?.['sellable']);
    await sends((control) => a943(control, 'TRS-1', 'TR-1', 'L-LAMP', 40));
    await logis.document('TRS-1', 'applied');
    expect(await lamps()).toMatchObject({ inTransit: 40, sellable: before });
    await sends((control) => aReceipt944(control, 'WR-7', 'L-LAMP', 38, 'TR-1'));
    await logis.document('WR-7', 'applied');
    expect(await lamps()).toMatchObject({ inTransit: 2, sellable: before + 38 });
    const [differs] = await world.cases('receipt-differs', INVENTORY);
    expect(differs).toMatchObject({ text: 'TR-1 at DC3: LAMP: 40 advised, 38 received' });
    await sends((control) => aReceipt944(control, 'WR-8', 'L-LAMP', 2, 'TR-1'));
    await logis.document('WR-8', 'applied');
    expect(await lamps()).toMatchObject({ inTransit: 0, sellable: before + 40 });
    expect(await world.cases('receipt-differs', INVENTORY)).toEqual([]);
  });

  it('that never come are given up by a person', async () => {
    await sends((control) => a943(control, 'TRS-2', 'TR-2', 'L-LAMP', 9));
    await sends((control) => aReceipt944(control, 'WR-9', 'L-LAMP', 4, 'TR-2'));
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
    const orderNo = await ordered(['LAMP', 2]);
    const first = await orderToShip(orderNo);
    await sends((control) => a997(control, first.counted, 'R'));
    const [refused] = await eventually('the case', async () => {
      const found = await world.cases('wms-refused', SHIPMENTS);
      return found.length > 0 ? found : undefined;
    });
    expect(String(refused?.['text'])).toContain('LOGIS');
    const again = await world.send('POST', `/v1/exceptions/${String(refused?.['id'])}/retry`, { body: {} }, SHIPMENTS);
    expect(again.status).toBeLessThan(300);
    const second = await orderToShip(orderNo, 2);
    expect([second.counted > first.counted, numberOf(second)]).toEqual([true, numberOf(first)]);
    await sends((control) => a997(control, second.counted));
    const lamps = { item: 'L-LAMP', ordered: 2, shipped: 2, tracking: 'T-5', sscc: '001234500000000286' };
    await sends((control) => a945(control, 'SHP-5', numberOf(second), [lamps]));
    await logis.document('SHP-5', 'applied');
    await delivered('T-5');
    await world.reaches(orderNo, 'closed');
  });
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
