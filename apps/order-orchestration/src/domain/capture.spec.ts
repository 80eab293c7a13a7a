import { OrderCreated, OrderRejected, RegisterWithErp, ReserveStock, OrderStepDue, GUEST } from '@crossdock/contracts';
import { shopFloor, type World } from '../../test/shop-floor.js';
import { ACCOUNT, aCustomer, aNode, anEntity, anItem, anOrder, line, NOW, orderIdOf } from './order.builders.js';
import { accountRef } from './account.js';
import { orderRef } from './order.js';

describe('an order that passes every check', () => {
  it('is durable, takes credit, and asks nodes and ERP in the same decision', () => {
    shopFloor()
      .when(anOrder())
      .thenSays(OrderCreated, { orderNo: '536365', net: 2500, tax: 500, gross: 3000 })
      .thenSays(ReserveStock, {
        node: 'DC1',
        round: 1,
        lines: [
          { lineNo: 1, quantity: 6 },
          { lineNo: 2, quantity: 4 },
        ],
      })
      .thenSays(RegisterWithErp, { orderNo: '536365', gross: 3000 })
      .thenSays(OrderStepDue, { step: 'stock-answer' })
      .thenAnswers({ orderId: orderIdOf('536365'), orderNo: '536365', status: 'created', gross: 3000 })
      .thenState(accountRef(ACCOUNT), { openOrders: 3000, receivables: 0 })
      .thenState(orderRef(orderIdOf('536365')), { status: 'created', creditOpen: 3000 });
  });

  it('asks each fulfilment node for its own lines', () => {
    const items = [anItem('TEA'), anItem('POT', { nodes: ['DC2'] }), anItem('CUP', { nodes: ['DC3', 'DC1'] })];
    shopFloor({ items })
      .when(
        anOrder('1', {
          lines: [line(1, 'TEA', 1), line(2, 'POT', 2), line(3, 'CUP', 3), line(4, 'CUP', 4, { node: 'DC1' })],
        }),
      )
      .thenSays(
        ReserveStock,
        { node: 'DC1', lines: [{ lineNo: 1 }, { lineNo: 4 }] },
        { node: 'DC2', lines: [{ lineNo: 2 }] },
        { node: 'DC3', lines: [{ lineNo: 3 }] },
      );
  });

  it('passes over a closed node when nobody asked for it', () => {
    const items = [anItem('TEA', { nodes: ['DC2', 'DC1'] })];
    shopFloor({ items, nodes: [aNode('DC1'), aNode('DC2', { status: 'closed' })] })
      .when(anOrder('1', { lines: [line(1, 'TEA', 1)] }))
      .thenSays(ReserveStock, { node: 'DC1' });
  });

  it('asks no node for charges, which are billed under their code', () => {
    shopFloor()
      .when(anOrder('1', { lines: [line(1, 'POST', 1, { kind: 'freight', unitPrice: '18.00' })] }))
      .thenNever(ReserveStock)
      .thenSays(OrderCreated, { net: 1800, lines: [{ item: 'POST', kind: 'freight', unit: 'EA', quantity: 1 }] });
  });

  it('counts cases in base units, at the price of one', () => {
    shopFloor()
      .when(anOrder('1', { lines: [line(1, 'TEA', 2, { unit: 'CS', unitPrice: '30.00' })] }))
      .thenSays(OrderCreated, { net: 6000, lines: [{ quantity: 24, unit: 'EA', unitPrice: '2.5', net: 6000 }] });
  });

  it("is priced by the customer's list when no price was sent", () => {
    const { unitPrice: _none, ...bare } = line(1, 'TEA', 4);
    shopFloor()
      .when(anOrder('1', { lines: [bare] }))
      .thenSays(OrderCreated, { net: 1000, lines: [{ unitPrice: '2.50' }] });
  });

  it('rounds each line once, half up, from up to six decimals', () => {
    shopFloor()
      .when(
        anOrder('1', {
          lines: [line(1, 'TEA', 3, { unitPrice: '0.005' }), line(2, 'POT', 1, { unitPrice: '1.234567' })],
        }),
      )
      .thenSays(OrderCreated, { net: 2 + 123 });
  });

  it('may be free of charge', () => {
    shopFloor()
      .when(anOrder('1', { lines: [line(1, 'TEA', 56, { unitPrice: '0.0' })] }))
      .thenSays(OrderCreated, { net: 0, gross: 0 });
  });

  it('may be dated ahead, as far as the setting allows', () => {
    shopFloor()
      .when(anOrder('1', { orderDate: '2026-03-04', daysAhead: 2 }))
      .thenSays(OrderCreated, { orderDate: '2026-03-04' });
  });

  it('of a guest takes no credit', () => {
    const floor = shopFloor({ customers: [aCustomer({ account: GUEST })] });
    floor
      .when(anOrder('1', { account: GUEST }))
      .thenAccepts()
      .thenState(accountRef(GUEST), { openOrders: 0 });
  });

  it('pays the tax of its destination', () => {
    shopFloor()
      .when(anOrder('1', { shipTo: { country: 'NO' } }))
      .thenSays(OrderCreated, { net: 2500, tax: 0 });
    shopFloor({ customers: [aCustomer({ taxCategory: 'zero' })] })
      .when(anOrder())
      .thenSays(OrderCreated, { tax: 0 });
  });
});

describe('an order that fails one check', () => {
  const customer = (more: Parameters<typeof aCustomer>[0]): World => ({ customers: [aCustomer(more)] });
  it.each<[string, string, World, Parameters<typeof anOrder>[1]]>([
    ['unknown-customer', 'account', { customers: [] }, {}],
    ['customer-on-hold', 'account', customer({ status: 'hold' }), {}],
    ['customer-blocked', 'account', customer({ status: 'closed' }), {}],
    ['credit-limit-exceeded', 'account', customer({ creditLimit: 2999 }), {}],
    ['wrong-currency', 'currency', {}, { currency: 'EUR' }],
    ['requested-date-past', 'requestedDate', {}, { requestedDate: '2026-03-01' }],
    ['date-too-far-ahead', 'orderDate', {}, { orderDate: '2026-03-05', daysAhead: 2 }],
    [
      'ship-to-restricted',
      'shipTo.country',
      customer({ shipToCountries: ['GB', 'IE'] }),
      { shipTo: { country: 'FR' } },
    ],
    ['tax-context-missing', 'shipTo.country', { entities: [anEntity({ taxRates: [] })] }, {}],
    ['tax-context-missing', 'shipTo.country', { entities: [] }, {}],
    ['unknown-item', 'lines[1].item', {}, { lines: [line(1, 'TEA', 1), line(2, 'NONE', 1)] }],
    [
      'item-blocked',
      'lines[0].item',
      { items: [anItem('TEA', { status: 'blocked' })] },
      { lines: [line(1, 'TEA', 1)] },
    ],
    ['no-node-for-item', 'lines[0].item', { items: [anItem('TEA', { nodes: [] })] }, { lines: [line(1, 'TEA', 1)] }],
    ['unknown-node', 'lines[0].node', {}, { lines: [line(1, 'TEA', 1, { node: 'DC9' })] }],
    [
      'unknown-node',
      'lines[0].node',
      { nodes: [aNode('DC1', { status: 'closed' })] },
      { lines: [line(1, 'TEA', 1, { node: 'DC1' })] },
    ],
    ['unit-unknown', 'lines[0].unit', {}, { lines: [line(1, 'TEA', 1, { unit: 'PF' })] }],
    ['quantity-not-positive', 'lines[0].quantity', {}, { lines: [line(1, 'TEA', 0)] }],
    ['quantity-not-positive', 'lines[0].quantity', {}, { lines: [line(1, 'TEA', -3)] }],
    ['fraction-of-unit', 'lines[0].quantity', {}, { lines: [line(1, 'TEA', '1.5')] }],
    ['fraction-of-unit', 'lines[0].quantity', {}, { lines: [line(1, 'POST', '0.5', { kind: 'freight' })] }],
    ['duplicate-line-number', 'lines[1].lineNo', {}, { lines: [line(1, 'TEA', 1), line(1, 'POT', 1)] }],
    [
      'price-not-agreed',
      'lines[0].unitPrice',
      customer({ pricing: 'list' }),
      { lines: [line(1, 'TEA', 1, { unitPrice: '2.49' })] },
    ],
    [
      'price-not-agreed',
      'lines[0].unitPrice',
      {},
      { lines: [line(1, 'TEA', 10_000, { unit: 'CS', unitPrice: '0.01' })] },
    ],
    [
      'price-not-eligible',
      'lines[0].unitPrice',
      customer({ pricing: 'list', priceList: 'GOLD' }),
      { lines: [line(1, 'TEA', 1)] },
    ],
    [
      'price-not-eligible',
      'lines[0].unitPrice',
      {},
      { lines: [{ lineNo: 1, item: 'POST', kind: 'freight', quantity: '1' }] },
    ],
    [
      'amount-out-of-range',
      'lines[0].unitPrice',
      customer({ creditLimit: Number.MAX_SAFE_INTEGER }),
      { lines: [line(1, 'TEA', 999_999_999_999, { unitPrice: '999999' })] },
    ],
    ['insufficient-availability', 'lines[0].quantity', { available: { TEA: 5, POT: 4 } }, { backorders: 'refused' }],
  ])('%s', (reason, field, world, document) => {
    const floor = shopFloor(world);
    floor
      .when(anOrder('1', document))
      .thenRejects(reason)
      .thenSays(OrderRejected, { orderNo: '1', refusals: [{ reason, field }] })
      .thenNever(ReserveStock)
      .thenNever(OrderCreated)
      .thenState(orderRef(orderIdOf('1')), { status: 'none' })
      .thenState(accountRef(ACCOUNT), { openOrders: 0 });
  });

  it('is told of every check it fails at once', () => {
    shopFloor({ customers: [aCustomer({ status: 'hold', currency: 'EUR' })] })
      .when(anOrder('1', { requestedDate: '2020-01-01', lines: [line(1, 'NONE', 1), line(2, 'TEA', 0)] }))
      .thenRejects(
        'customer-on-hold',
        'wrong-currency',
        'requested-date-past',
        'unknown-item',
        'quantity-not-positive',
      );
  });

  it('may come again and be taken once the cause is gone', () => {
    const floor = shopFloor({ customers: [aCustomer({ creditLimit: 100 })] });
    floor.when(anOrder()).thenRejects('credit-limit-exceeded');
    floor
      .knowing({ kind: 'customer', id: ACCOUNT }, { known: true, ...aCustomer() })
      .when(anOrder())
      .thenAccepts();
  });
});

describe('availability at capture', () => {
  const refused = { backorders: 'refused' as const };
  it('adds up an item that stands on two lines', () => {
    const lines = [line(1, 'TEA', 6), line(2, 'TEA', 6)];
    shopFloor({ available: { TEA: 11 } })
      .when(anOrder('1', { ...refused, lines }))
      .thenRejects('insufficient-availability');
    shopFloor({ available: { TEA: 12 } })
      .when(anOrder('1', { ...refused, lines }))
      .thenAccepts();
  });
  it('is not asked of who may wait', () => {
    shopFloor({ available: { TEA: 0 } })
      .when(anOrder())
      .thenAccepts();
  });
  it("follows the customer's rule when the order does not say", () => {
    shopFloor({ customers: [aCustomer({ backorders: 'refused' })] })
      .when(anOrder())
      .thenRejects('insufficient-availability');
  });
});

describe('the last of a credit limit', () => {
  it('goes to one of two orders, whichever comes first', () => {
    for (const [first, second] of [
      ['1', '2'],
      ['2', '1'],
    ] as const) {
      const floor = shopFloor({ customers: [aCustomer({ creditLimit: 5999 })] });
      floor.when(anOrder(first)).thenAccepts();
      floor
        .when(anOrder(second))
        .thenRejects('credit-limit-exceeded')
        .thenState(accountRef(ACCOUNT), { openOrders: 3000 });
    }
  });
  it('may be used up exactly', () => {
    shopFloor({ customers: [aCustomer({ creditLimit: 6000 })] })
      .given(anOrder('1'))
      .when(anOrder('2'))
      .thenAccepts();
  });
});

describe('a document that is known', () => {
  it('changes nothing and gets the same answer', () => {
    const floor = shopFloor().given(anOrder());
    floor.when({ ...anOrder(), id: 'another-message' }).thenIgnores('already-known');
    expect(floor.decision).toMatchObject({ answer: { orderNo: '536365', status: 'created' } });
    floor.thenState(accountRef(ACCOUNT), { openOrders: 3000 });
  });
  it('is refused with other content', () => {
    shopFloor()
      .given(anOrder())
      .when(anOrder('536365', { customerPo: 'PO-2' }))
      .thenRejects('document-changed')
      .thenNever(OrderRejected);
  });
  it('is another one in another channel', () => {
    const other = { channel: 'edi', orderId: 'another', contentHash: 'x' };
    shopFloor().given(anOrder()).when(anOrder('536365', other)).thenAccepts();
  });
});

describe('a big order', () => {
  const lines = Array.from({ length: 5000 }, (_, at) => line(at + 1, `I${at % 700}`, 3, { unitPrice: '1.99' }));
  const items = Array.from({ length: 700 }, (_, at) => anItem(`I${at}`, { nodes: [`DC${(at % 3) + 1}`] }));
  it('of 5,000 lines is split over its nodes and cheap to decide', () => {
    const floor = shopFloor({ items, customers: [aCustomer({ creditLimit: 1_000_000_000 })] });
    const started = performance.now();
    floor.when(anOrder('BIG', { lines }, { at: NOW }));
    // Decided twice, with every state frozen: generous, and still far from anything quadratic.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(
      floor
        .said(ReserveStock)
        .map((one) => one.lines.length)
        .reduce((a, b) => a + b),
    ).toBe(5000);
    expect(floor.said(ReserveStock)).toHaveLength(3);
  });
});
