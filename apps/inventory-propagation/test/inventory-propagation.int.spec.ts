import { eventually } from '@crossdock/testing';
import {
  aChannelRule,
  anAdjustment,
  anAllocate,
  anIssue,
  anItem,
  aPick,
  aRelease,
  aReserve,
  line,
} from '../src/domain/stock.builders.js';
import type { AvailabilityView, PositionView } from '../src/api/views.js';
import { World } from './world.js';

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly text: string }[];
}
interface List<T> {
  readonly items: readonly T[];
}

describe('the service on real servers', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  const receipt = (documentNo: string, item: string, quantity: number) =>
    world.call<{ status: string; movementId: string }>('POST', '/v1/receipts', {
      documentNo,
      node: 'DC1',
      lines: [{ item, quantity }],
    });
  const position = async (item: string): Promise<PositionView | undefined> =>
    (await world.call<List<PositionView>>('GET', `/v1/positions?node=DC1&item=${item}&claims=true`)).body.items[0];
  const available = async (item: string, channel = 'web'): Promise<number | undefined> =>
    (await world.call<List<AvailabilityView>>('GET', `/v1/availability?items=${item}&channel=${channel}`)).body.items[0]
      ?.available;
  const reaches = (item: string, expected: Partial<PositionView>): Promise<unknown> =>
    eventually(`${item} is ${JSON.stringify(expected)}`, async () => {
      const found = await position(item);
      return found && Object.entries(expected).every(([name, value]) => found[name as keyof PositionView] === value);
    });

  it('takes an item from receipt to issue, and channels see each step that concerns them', async () => {
    expect(await receipt('R1', 'TEA', 10)).toMatchObject({ status: 201, body: { status: 'recorded' } });
    expect(await receipt('R1', 'TEA', 10)).toMatchObject({ status: 201, body: { status: 'already-recorded' } });
    await eventually('10 for sale', async () => (await available('TEA')) === 10);
    await world.tell(aReserve('A', [line('TEA', 4)], { holdUntil: '2099-01-01T00:00:00.000Z' }));
    await eventually('6 for sale', async () => (await available('TEA')) === 6);
    await world.tell(anAllocate('A', [line('TEA', 4)]), aPick('A', [line('TEA', 4)]), anIssue('A', [line('TEA', 4)]));
    await reaches('TEA', { sellable: 6, picked: 0, allocated: 0 });
    expect(await available('TEA')).toBe(6);
    const ledger = await world.call<List<{ movement: string }>>('GET', '/v1/movements?item=TEA');
    expect(ledger.body.items.map(({ movement }) => movement).sort()).toEqual([
      'pick-confirmed',
      'receipt-posted',
      'shipment-confirmed',
    ]);
  });

  it('lets what overtakes wait, and refuses a reserve that comes after its release', async () => {
    await receipt('R2', 'CUP', 5);
    await world.tell(aPick('B', [line('CUP', 2)]), anAllocate('B', [line('CUP', 2)]));
    await world.tell(aReserve('B', [line('CUP', 2)], { holdUntil: '2099-01-01T00:00:00.000Z' }));
    await reaches('CUP', { sellable: 3, picked: 2 });
    await world.tell(aRelease('C'), aReserve('C', [line('CUP', 3)], { holdUntil: '2099-01-01T00:00:00.000Z' }));
    await world.tell(aReserve('D', [line('CUP', 3)], { holdUntil: '2099-01-01T00:00:00.000Z' }));
    await reaches('CUP', { reserved: 3, free: 0 });
  });

  it('books an adjustment that has overtaken its receipt once the receipt is there', async () => {
    await world.tell(anAdjustment('J1', [line('JAM', -2)]));
    await receipt('R3', 'JAM', 5);
    await reaches('JAM', { sellable: 3 });
  });

  it('gives back a soft hold when its time is over', async () => {
    await receipt('R4', 'POT', 5);
    await world.tell(aReserve('E', [line('POT', 5)], { holdUntil: new Date(Date.now() + 300).toISOString() }));
    await reaches('POT', { reserved: 5 });
    await reaches('POT', { reserved: 0, free: 5 });
  });

  it('raises a case for goods that a pick did not find and ends it by the count', async () => {
    await receipt('R5', 'URN', 2);
    const hold = { holdUntil: '2099-01-01T00:00:00.000Z' };
    await world.tell(aReserve('F', [line('URN', 2)], hold), anAllocate('F', [line('URN', 2)]));
    await world.tell(aPick('F', [line('URN', 1, { short: 1 })]));
    const open = async (): Promise<number> =>
      (await world.call<{ exceptions: unknown[] }>('GET', '/v1/exceptions?reason=pick-short&status=open')).body
        .exceptions.length;
    await eventually('an open case', async () => (await open()) === 1);
    const count = { documentNo: 'C1', node: 'DC1', lines: [{ item: 'URN', quantity: 0 }] };
    expect(await world.call('POST', '/v1/counts', count)).toMatchObject({ status: 201 });
    await eventually('no open case', async () => (await open()) === 0);
  });

  it('shows different channels different numbers, and how each comes about', async () => {
    await world.tell(
      anItem('MUG', [aChannelRule('shop', { safetyStock: 2 }), aChannelRule('rep', { sharePercent: '50' })]),
    );
    await receipt('R6', 'MUG', 9);
    await eventually(
      'both channels',
      async () => (await available('MUG', 'shop')) === 7 && (await available('MUG', 'rep')) === 4,
    );
    const explained = await world.call<List<AvailabilityView>>(
      'GET',
      '/v1/availability?items=MUG&channel=shop&explain=true',
    );
    expect(explained.body.items[0]?.explain).toMatchObject({
      steps: { sum: 7, available: 7, nodes: [{ node: 'DC1', free: 9, safetyStock: 2, counts: 7 }] },
      nodes: [
        {
          node: 'DC1',
          onHand: 9,
          reserved: 0,
          allocated: 0,
          inTransit: 0,
          quarantined: 0,
          consigned: 0,
          vendorManaged: 0,
        },
      ],
    });
    const tag = (await world.call('GET', '/v1/availability?items=MUG')).headers.get('etag') ?? '';
    expect(await world.call('GET', '/v1/availability?items=MUG', undefined, { 'if-none-match': tag })).toMatchObject({
      status: 304,
    });
    const many = Array.from({ length: 201 }, (_, nth) => `I${nth}`);
    expect(await world.call('GET', `/v1/availability?items=${many.join(',')}`)).toMatchObject({
      status: 400,
      body: { code: 'too-many-items' },
    });
    expect(
      (await world.call<List<unknown>>('GET', `/v1/availability?items=${many.slice(1).join(',')}`)).body.items,
    ).toHaveLength(200);
  });

  it('moves stock between nodes, each end once', async () => {
    await receipt('R7', 'TIN', 5);
    const sent = await world.call<{ transferId: string }>('POST', '/v1/transfers', {
      documentNo: 'T1',
      node: 'DC1',
      toNode: 'DC2',
      lines: [{ item: 'TIN', quantity: 3 }],
    });
    const there = async (): Promise<PositionView | undefined> =>
      (await world.call<List<PositionView>>('GET', '/v1/positions?node=DC2&item=TIN')).body.items[0];
    await eventually('in transit', async () => (await there())?.inTransit === 3);
    const arrived = () => world.call('POST', `/v1/transfers/${sent.body.transferId}/complete`, {});
    expect(await arrived()).toMatchObject({ status: 201, body: { status: 'recorded' } });
    expect(await arrived()).toMatchObject({ status: 201, body: { status: 'already-recorded' } });
    expect(await there()).toMatchObject({ inTransit: 0, sellable: 3 });
    expect(await world.call('POST', '/v1/transfers/nowhere/complete', {})).toMatchObject({ status: 404 });
  });

  it('refuses a movement that lacks item, location, quantity or correlation id by that name, and takes the next good one', async () => {
    const good = { documentNo: 'R8', node: 'DC1', lines: [{ item: 'LID', quantity: 1 }] };
    const refused = async (body: unknown, headers?: Record<string, string>): Promise<unknown> => {
      const { status, body: problem } = await world.call<Problem>('POST', '/v1/receipts', body, headers);
      return [status, problem.code, problem.errors[0]?.field];
    };
    expect(await refused({ ...good, lines: [{ quantity: 1 }] })).toEqual([400, 'schema-violation', 'lines[0].item']);
    expect(await refused({ ...good, node: undefined })).toEqual([400, 'schema-violation', 'node']);
    expect(await refused({ ...good, lines: [{ item: 'LID' }] })).toEqual([
      400,
      'schema-violation',
      'lines[0].quantity',
    ]);
    expect(await refused(good, { 'x-correlation-id': '' })).toEqual([400, 'schema-violation', 'correlationId']);
    expect(await refused({ ...good, lines: [{ item: 'LID', quantity: 0 }] })).toEqual([
      400,
      'schema-violation',
      'lines[0].quantity',
    ]);
    expect(await refused({ ...good, colour: 'red' })).toEqual([400, 'schema-violation', 'colour']);
    expect(await position('LID')).toBeUndefined();
    const kept = async (): Promise<unknown[]> =>
      (await world.call<{ exceptions: unknown[] }>('GET', '/v1/exceptions?reason=schema-violation&status=open')).body
        .exceptions;
    await eventually('kept for a person: one per document and node', async () => (await kept()).length === 2);
    expect(await world.call('POST', '/v1/receipts', good)).toMatchObject({ status: 201 });
    await eventually('the good copy ends its case', async () => (await kept()).length === 1);
    expect(await world.call('POST', '/v1/receipts', { ...good, lines: [{ item: 'LID', quantity: 2 }] })).toMatchObject({
      status: 409,
      body: { code: 'document-changed' },
    });
    const less = { documentNo: 'J9', node: 'DC1', reason: 'typing error', lines: [{ item: 'LID', quantity: -500 }] };
    expect(await world.call('POST', '/v1/adjustments', less)).toMatchObject({
      status: 409,
      body: { code: 'not-enough-stock' },
    });
    expect(await position('LID')).toMatchObject({ sellable: 1 });
  });
});
