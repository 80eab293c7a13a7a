/** A carrier that tells by document where packages are: by 214 and IFTSTA, in codes of the standards and in its own. */
import { jest } from '@jest/globals';
import { verdictOf } from '../start/run.ts';
import { MASTER_DATA } from '../bad-input/test/master-data.ts';
import { aLine, aNumber, eventually, World, type Json } from '../bad-input/test/world.ts';
import { Partner } from './test/partner.ts';
import { dataOf } from './test/reading.ts';
import { a214, a945, anIftsta } from './test/warehouse-documents.ts';

const START_MS = 120_000;
jest.setTimeout(120_000);
const X12 = 'application/edi-x12';
const EDIFACT = 'application/edifact';
const SHIPMENTS = 'shipment-normalization';

const TEA = MASTER_DATA.items.find((one) => one.item === 'TEA') as object;
const DC3 = { ...MASTER_DATA.nodes[0], node: 'DC3', name: 'Logis Leeds' };

let world: World;
let logis: Partner;
let carrier: Partner;
beforeAll(async () => {
  world = await World.open('carrier-documents', {
    ...MASTER_DATA,
    nodes: [...MASTER_DATA.nodes, DC3],
    items: [...MASTER_DATA.items, { ...TEA, item: 'VASE', nodes: ['DC3'] }],
  });
  const lines = [{ item: 'VASE', quantity: 10 }];
  const body = { documentNo: aNumber(), node: 'DC3', correlationId: 'opening', lines };
  await world.send('POST', '/v1/receipts', { body }, 'inventory-propagation');
  logis = new Partner(world, 'LOGIS');
  await logis.agrees(
    {
      name: 'Logis Leeds',
      identifiers: [{ scheme: 'ZZ', value: 'LOGIS' }],
      agreements: [
        { standard: 'X12', types: ['940'], direction: 'out', node: 'DC3' },
        { standard: 'X12', types: ['945'], direction: 'in', books: 'shipment' },
      ],
    },
    { 'L-VASE': 'VASE' },
  );
  carrier = new Partner(world, 'UPSF');
  await carrier.agrees(
    {
      name: 'A carrier',
      identifiers: [{ scheme: 'ZZ', value: 'UPSF' }],
      agreements: [
        { standard: 'X12', types: ['214'], direction: 'in', books: 'tracking' },
        { standard: 'EDIFACT', types: ['IFTSTA'], direction: 'in', books: 'tracking' },
      ],
    },
    { '77': 'DELIVERED' },
    'statuses',
  );
  await eventually('the route to be heard', async () => {
    const { pending, unacknowledged } = await world.platform.broker.lag();
    return pending + unacknowledged === 0 ? true : undefined;
  });
}, START_MS);
afterAll(() => world?.close(), START_MS);

const tracked = async (trackingNo: string): Promise<Json> =>
  (await world.get(`/v1/tracking/${trackingNo}`, SHIPMENTS)).body;
/** An order that a warehouse ships in one package of each of these numbers. */
const shippedAs = async (control: number, ...trackingNos: readonly string[]): Promise<string> => {
  const documentNo = aNumber();
  const shipTo = { name: 'Acme', lines: ['4 High Street'], city: 'Leeds', postcode: 'LS1 4AB', country: 'GB' };
  const lines = trackingNos.map((_, at) => aLine({ lineNo: at + 1, item: 'VASE', quantity: '1' }));
  await world.submit({ documentNo, account: 'SOUND', currency: 'GBP', shipTo, lines });
  world.taken.add(documentNo);
  const order = await eventually(`an order to ship for ${documentNo}`, async () =>
    (await logis.mailbox(1)).find((sent) => JSON.stringify(dataOf(sent)['references']).includes(documentNo)),
  );
  const picked = trackingNos.map((tracking, at) => ({
    ...{ item: 'L-VASE', ordered: 1, shipped: 1, tracking, sscc: `00123450000000${300 + control * 10 + at}` },
  }));
  await logis.sends(a945(control, `SHP-${control}`, String(dataOf(order)['number']), picked), X12);
  await logis.document(`SHP-${control}`, 'applied');
  await world.reaches(documentNo, 'shipped', 'invoiced');
  return documentNo;
};

describe('a carrier that tells by document', () => {
  it('closes the order when all its packages are delivered, by 214 and by IFTSTA', async () => {
    // It tells of the first before the warehouse does: that is kept.
    await carrier.sends(a214(1, 'T-1A', 'AF', 'X6'), X12);
    await carrier.document('T-1A', 'applied');
    const orderNo = await shippedAs(1, 'T-1A', 'T-1B');
    await carrier.sends(a214(2, 'T-1A', 'AF', 'X6', 'D1'), X12);
    await carrier.documents('T-1A', 'applied', 2);
    await carrier.sends(anIftsta(3, 'STA-1', 'T-1B', '77'), EDIFACT);
    await carrier.document('STA-1', 'applied');
    await world.reaches(orderNo, 'closed');
    expect(JSON.stringify(await tracked('T-1A'))).toMatch(/PICKED_UP.*IN_TRANSIT.*DELIVERED/);
    expect(JSON.stringify(await tracked('T-1B'))).toMatch(/DELIVERED/);
  });

  it('and says what nobody mapped leaves a case and no guess; every invariant holds', async () => {
    const orderNo = await shippedAs(2, 'T-2A');
    await carrier.sends(anIftsta(4, 'STA-2', 'T-2A', '250'), EDIFACT);
    await carrier.document('STA-2', 'applied');
    const [unknown] = await eventually('the case', async () => {
      const found = await world.cases('code-not-mapped', SHIPMENTS);
      return found.length > 0 ? found : undefined;
    });
    expect(String(unknown?.['text'])).toContain('250');
    await carrier.sends(anIftsta(5, 'STA-3', 'T-2A', '21'), EDIFACT);
    await world.reaches(orderNo, 'closed');
    expect((await verdictOf(world.platform)).filter(({ holds }) => !holds)).toEqual([]);
    expect(world.platform.fleet.deaths()).toEqual([]);
  });
});
