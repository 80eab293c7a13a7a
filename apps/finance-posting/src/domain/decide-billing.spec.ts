import { ref } from '@crossdock/kernel';
import { CreditMemoDrafted, InvoiceDrafted, ValueStock } from '@crossdock/contracts';
import { scenario } from '@crossdock/testing';
import { billing, invoiceIdOf } from './decide-billing.js';
import {
  aChargeLine,
  aFreightLine,
  aLine,
  anOrderAccepted,
  aReturnReceived,
  aShipmentDispatched,
} from './finance.builders.js';

const item = (id: string, cost: string) => [ref('item', id), { status: 'known', item: id, cost, version: 1 }] as const;
const account = () =>
  scenario(billing)
    .knowing(...item('ITEM-1', '14.00'))
    .knowing(...item('ITEM-2', '3.333333'));

describe('an order of 10 at 25.00 with freight', () => {
  const lines = [aLine(1, { quantity: 10, unitPrice: '25.00', taxPercent: '8.25' }), aFreightLine(2, '30.00')];
  const accepted = () => account().given(anOrderAccepted({ lines }));

  it('is billed when it ships, not when it is accepted', () => {
    accepted().thenNever(InvoiceDrafted);
  });
  it('carries its freight on the first invoice, with tax rounded half up', () => {
    accepted()
      .when(aShipmentDispatched({ 1: 6 }))
      .thenSays(InvoiceDrafted, {
        billing: 'invoice',
        documentId: invoiceIdOf('order-1', 'shipment-1'),
        orderNo: '536365',
        shipmentId: 'shipment-1',
        documentDate: '2010-12-01',
        net: 18000,
        tax: 1238,
        gross: 19238,
        cost: 8400,
        lines: [
          { lineNo: 1, quantity: 6, net: 15000, tax: 1238 },
          { lineNo: 2, kind: 'freight', quantity: 1, net: 3000 },
        ],
      });
  });
  it('bills the rest without freight, and the parts add up to the order', () => {
    accepted()
      .given(aShipmentDispatched({ 1: 6 }))
      .when(aShipmentDispatched({ 1: 4 }, { shipmentId: 'shipment-2' }))
      .thenSays(InvoiceDrafted, { net: 10000, tax: 825, cost: 5600, lines: [{ lineNo: 1, quantity: 4 }] });
  });
  it('bills a shipment once, also when its message comes again under another id', () => {
    accepted()
      .given(aShipmentDispatched({ 1: 6 }))
      .when(aShipmentDispatched({ 1: 6 }, {}, { id: 'another' }))
      .thenIgnores('billed-already');
  });
  it('keeps its terms when they are told again', () => {
    accepted()
      .when(anOrderAccepted({ lines }, { id: 'another' }))
      .thenIgnores('already-known');
  });
  it('adds up what left of one line in several packages', () => {
    const shipped = aShipmentDispatched({ 1: 6 });
    const twice = { ...shipped.data, lines: [...shipped.data.lines, { lineNo: 1, item: 'ITEM-1', quantity: 2 }] };
    accepted()
      .when({ ...shipped, data: twice })
      .thenSays(InvoiceDrafted, { net: 23000, cost: 11200 });
  });
});

describe('a shipment', () => {
  it('that overtakes the order waits for its terms', () => {
    account()
      .when(aShipmentDispatched({ 1: 1 }))
      .thenDefers('terms-unknown-yet');
  });
  it('beyond what was ordered is not billed but shown to a person, until it can be', () => {
    const above = aShipmentDispatched({ 1: 11 });
    account()
      .given(anOrderAccepted())
      .when(above)
      .thenAccepts()
      .thenNever(InvoiceDrafted)
      .when({ ...above, id: 'again' })
      .thenNever(InvoiceDrafted);
  });
  it('of a line that the order does not have is shown to a person', () => {
    account()
      .given(anOrderAccepted())
      .when(aShipmentDispatched({ 7: 1 }))
      .thenAccepts()
      .thenNever(InvoiceDrafted);
  });
  it('of another item than the line is shown to a person', () => {
    const shipped = aShipmentDispatched({ 1: 1 });
    account()
      .given(anOrderAccepted())
      .when({ ...shipped, data: { ...shipped.data, lines: [{ lineNo: 1, item: 'ITEM-2', quantity: 1 }] } })
      .thenAccepts()
      .thenNever(InvoiceDrafted);
  });
  it('of nothing is no invoice', () => {
    account()
      .given(anOrderAccepted())
      .when(aShipmentDispatched({ 1: 0 }))
      .thenIgnores('nothing-to-do');
  });
  it('of free goods is an invoice of nothing, with its cost', () => {
    account()
      .given(anOrderAccepted({ lines: [aLine(1, { unitPrice: '0' })] }))
      .when(aShipmentDispatched({ 1: 10 }))
      .thenSays(InvoiceDrafted, { net: 0, tax: 0, gross: 0, cost: 14000 });
  });
  it('costs the same in whatever parts it ships', () => {
    // 3.333333 each: 3.33 + 3.34 + 3.33, as all three at once
    const lines = [aLine(2, { quantity: 3 })];
    const order = () => account().given(anOrderAccepted({ lines }));
    order()
      .when(aShipmentDispatched({ 2: 3 }))
      .thenSays(InvoiceDrafted, { cost: 1000 });
    const books = order();
    for (const [index, cost] of [333, 334, 333].entries())
      books.when(aShipmentDispatched({ 2: 1 }, { shipmentId: `part-${index}` })).thenSays(InvoiceDrafted, { cost });
  });
  it('whose cost is missing is valued from where the part before ended', () => {
    account()
      .given(anOrderAccepted({ lines: [aLine(9)] }))
      .given(aShipmentDispatched({ 9: 4 }))
      .when(aShipmentDispatched({ 9: 6 }, { shipmentId: 'shipment-2' }))
      .thenSays(ValueStock, {
        lines: [
          { item: 'ITEM-9', units: 10 },
          { item: 'ITEM-9', units: -4 },
        ],
      });
  });
  it('of an item without a cost is billed all the same; the cost follows', () => {
    account()
      .given(anOrderAccepted({ lines: [aLine(1), aLine(9)] }))
      .when(aShipmentDispatched({ 1: 10, 9: 10 }))
      .thenSays(InvoiceDrafted, { net: 50000, cost: 14000 })
      .thenSays(ValueStock, {
        rule: 'cost-of-goods-late',
        source: invoiceIdOf('order-1', 'shipment-1'),
        postingDate: '2010-12-01',
        lines: [{ item: 'ITEM-9', units: 10 }],
      });
  });
});

describe('an order of charges alone', () => {
  it('is billed at acceptance', () => {
    account()
      .when(anOrderAccepted({ lines: [aFreightLine(1, '15.00', '20'), aChargeLine(2, '2.50')] }))
      .thenSays(InvoiceDrafted, {
        net: 1750,
        tax: 300,
        cost: 0,
        lines: [
          { kind: 'freight', net: 1500 },
          { kind: 'charge', net: 250 },
        ],
      });
  });
});

describe('a return', () => {
  it('is credited with the cost of its goods, and charges without', () => {
    account()
      .when(aReturnReceived([aLine(1, { quantity: 2 }), aChargeLine(2, '5.00')]))
      .thenSays(CreditMemoDrafted, {
        billing: 'credit-memo',
        returnId: 'return-1',
        documentDate: '2010-12-01',
        net: 5500,
        tax: 1000,
        gross: 6500,
        cost: 2800,
      });
  });
  it('is credited once', () => {
    account()
      .given(aReturnReceived())
      .when(aReturnReceived(undefined, {}, { id: 'another' }))
      .thenIgnores('billed-already');
  });
});

describe('an order of 5,000 lines', () => {
  it('is billed in one shipment', () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      aLine((index + 1) * 10, { quantity: 1, unitPrice: '1.005' }),
    );
    const left = Object.fromEntries(lines.map(({ lineNo }) => [lineNo, 1]));
    const whole = scenario(billing).given(anOrderAccepted({ lines })).when(aShipmentDispatched(left));
    const [invoice] = whole.said(InvoiceDrafted);
    expect(invoice?.lines).toHaveLength(5000);
    expect(invoice?.net).toBe(5000 * 101);
  });
});
