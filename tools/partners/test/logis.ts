/** Logis, which runs the warehouse DC3 for us and speaks EDI; and what a customer and a carrier do around it. */
import { MASTER_DATA } from '../../bad-input/test/master-data.ts';
import { aLine, aNumber, eventually, World, type Json } from '../../bad-input/test/world.ts';
import { Partner, type Sent } from './partner.ts';
import { dataOf } from './reading.ts';

const EDI = 'application/edi-x12';
const SHIPMENTS = 'shipment-normalization';
const INVENTORY = 'inventory-propagation';
const TEA = MASTER_DATA.items.find((one) => one.item === 'TEA') as object;
const anItem = (item: string) => ({ ...TEA, item, nodes: ['DC3'] });
const AGREEMENTS = [
  { standard: 'X12', types: ['940'], direction: 'out' as const, node: 'DC3', acknowledgedWithinHours: 24 },
  // It ran our own warehouse once; orders of today go there by the WMS.
  { standard: 'X12', types: ['940'], direction: 'out' as const, node: 'DC1', validTo: '2026-01-31' },
  { standard: 'X12', types: ['945'], direction: 'in' as const, books: 'shipment' as const },
  { standard: 'UBL', types: ['DespatchAdvice'], direction: 'in' as const, books: 'shipment' as const, shipsOnce: true },
  { standard: 'X12', types: ['944'], direction: 'in' as const, books: 'receipt' as const, node: 'DC3' },
  { standard: 'X12', types: ['943'], direction: 'in' as const, books: 'in-transit' as const, node: 'DC3' },
  { standard: 'X12', types: ['846'], direction: 'in' as const, books: 'stock-comparison' as const, node: 'DC3' },
  { standard: 'X12', types: ['997'], direction: 'in' as const },
];

export class Logis extends Partner {
  /** interchanges that it has sent */
  private controls = 0;
  private readonly of: World;
  private constructor(world: World) {
    super(world, 'LOGIS');
    this.of = world;
  }

  static async open(): Promise<{ readonly world: World; readonly logis: Logis }> {
    const world = await World.open('third-party', {
      ...MASTER_DATA,
      nodes: [...MASTER_DATA.nodes, { ...MASTER_DATA.nodes[0], node: 'DC3', name: 'Logis Leeds' }],
      items: [...MASTER_DATA.items, anItem('VASE'), anItem('LAMP')],
    });
    const lines = ['VASE', 'LAMP'].map((item) => ({ item, quantity: 100 }));
    const body = { documentNo: aNumber(), node: 'DC3', correlationId: 'opening', lines };
    const { status, text } = await world.send('POST', '/v1/receipts', { body }, INVENTORY);
    if (status >= 300) throw new Error(text);
    const logis = new Logis(world);
    const identifiers = [{ scheme: 'ZZ', value: 'LOGIS' }];
    await logis.agrees(
      { name: 'Logis Leeds', identifiers, agreements: AGREEMENTS },
      { 'L-VASE': 'VASE', 'L-LAMP': 'LAMP' },
    );
    await eventually('the route to be heard', async () => {
      const { pending, unacknowledged } = await world.platform.broker.lag();
      return pending + unacknowledged === 0 ? true : undefined;
    });
    return { world, logis };
  }

  /** A document under the next number of its interchanges. */
  tells(document: (control: number) => string): Promise<void> {
    return this.sends(document((this.controls += 1)), EDI);
  }
  /** The newest order to ship for an order of ours, once there are so many for it. */
  orderToShip(orderNo: string, count = 1): Promise<Sent> {
    return eventually(`${count} orders to ship for ${orderNo}`, async () => {
      const all = (await this.mailbox(1)).filter(({ type }) => type === '940');
      const own = all.filter((sent) => JSON.stringify(dataOf(sent)['references']).includes(orderNo));
      return own.length >= count ? own.at(-1) : undefined;
    });
  }

  /** A customer orders; its order is to end closed. */
  async ordered(...lines: readonly (readonly [item: string, quantity: number])[]): Promise<string> {
    const documentNo = aNumber();
    const { status, text } = await this.of.submit({
      ...{ documentNo, account: 'SOUND', currency: 'GBP' },
      shipTo: { name: 'Acme Store 42', lines: ['4 High Street'], city: 'Leeds', postcode: 'LS1 4AB', country: 'GB' },
      lines: lines.map(([item, quantity], at) => aLine({ lineNo: at + 1, item, quantity: String(quantity) })),
    });
    if (status !== 201) throw new Error(`${status} ${text}`);
    this.of.taken.add(documentNo);
    return documentNo;
  }
  /** The carrier says that a parcel has arrived. */
  async delivered(trackingNo: string): Promise<void> {
    const at = (status: string, datetime: string) => ({ object: 'TrackingDetail', message: status, status, datetime });
    const result = {
      ...{ id: `trk_${trackingNo}`, object: 'Tracker', tracking_code: trackingNo, status: 'delivered', carrier: 'UPS' },
      ...{ created_at: '2026-03-05T10:00:00Z', updated_at: '2026-03-07T10:00:00Z' },
      tracking_details: [at('in_transit', '2026-03-06T09:00:00Z'), at('delivered', '2026-03-07T09:00:00Z')],
    };
    const event = { id: `evt_${trackingNo}`, object: 'Event', description: 'tracker.updated', result };
    const body = JSON.stringify({ ...event, created_at: '2026-03-07T10:00:00Z' });
    const sending = { body, token: '', headers: this.of.signed('easypost', body) };
    const { status, text } = await this.of.send('POST', '/webhooks/easypost/acme-easypost', sending, SHIPMENTS);
    if (status >= 300) throw new Error(text);
  }

  async shipped(orderNo: string): Promise<readonly Json[]> {
    return (await this.of.get(`/v1/shipments?order=${orderNo}`, SHIPMENTS)).body['shipments'] as Json[];
  }
  async fulfilments(orderNo: string): Promise<readonly Json[]> {
    return (await this.of.get(`/v1/fulfilments?order=${orderNo}`, SHIPMENTS)).body['fulfilments'] as Json[];
  }
  async positions(): Promise<ReadonlyMap<string, Json>> {
    const { body } = await this.of.get('/v1/positions?node=DC3', INVENTORY);
    return new Map((body['items'] as Json[]).map((position) => [String(position['item']), position]));
  }
}
