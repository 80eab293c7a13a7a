import type { CanonicalKind } from '../../canonical/document.js';
import { dataOfKind } from '../canonical.builders.js';
import { detect } from '../detect.js';
import { NO_CONTEXT } from '../translation.js';
import { readNetSuite } from './netsuite.js';

const HOST = 'https://demo.suitetalk.api.netsuite.com/services/rest/record/v1';
const record = (type: string, id: string, more: object) => ({
  links: [{ rel: 'self', href: `${HOST}/${type}/${id}` }],
  id,
  ...more,
});
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const read = (value: unknown) => readNetSuite(bytes(value), NO_CONTEXT);
const dataOf = <K extends CanonicalKind>(value: unknown, kind: K) =>
  dataOfKind(read(value).documents[0]?.canonical, kind);

const ITEM = {
  links: [],
  count: 1,
  items: [{ line: 1, item: { id: '7', refName: 'TEA-1' }, description: 'Tea', quantity: 10, rate: 2.5, amount: 25 }],
};
const order = record('salesOrder', '18', {
  tranId: 'SO-118',
  tranDate: '2026-01-05',
  otherRefNum: 'PO-77',
  currency: { id: '1', refName: 'USD' },
  entity: { id: '110', refName: 'Contoso' },
  shippingAddress: {
    addr1: '1 Quay St',
    city: 'Boston',
    state: 'MA',
    zip: '02101',
    country: { id: 'US', refName: 'United States' },
  },
  billingAddress: { links: [{ rel: 'self', href: `${HOST}/salesorder/18/billingaddress` }] },
  item: ITEM,
  subtotal: 25,
  total: 30,
  shippingCost: 5,
});

describe('NetSuite REST records', () => {
  it('are read as SuiteTalk’s records are', () => {
    expect(detect(bytes(order))).toBe('NetSuite');
    expect(dataOf(order, 'order')).toEqual({
      ...{ number: 'SO-118', purpose: 'original', issued: '2026-01-05', currency: 'USD' },
      buyer: { ids: [{ scheme: 'netsuite', value: '110' }], name: 'Contoso' },
      deliverTo: { address: { lines: ['1 Quay St'], city: 'Boston', region: 'MA', postcode: '02101', country: 'US' } },
      references: [{ kind: 'order', number: 'PO-77' }],
      lines: [
        {
          lineNo: '1',
          item: { sellerItem: 'TEA-1', ids: [{ scheme: 'netsuite', value: '7' }], description: 'Tea' },
          quantity: { value: '10', unit: 'EA' },
          unitPrice: '2.5',
          amount: { minor: 2500, currency: 'USD' },
        },
      ],
      allowanceCharges: [{ charge: true, reason: 'shipping', amount: { minor: 500, currency: 'USD' } }],
      totals: { lines: { minor: 2500, currency: 'USD' }, payable: { minor: 3000, currency: 'USD' } },
    });
    expect(read(order).documents[0]?.figures).toEqual({ type: 'SalesOrder', id: 'SO-118', lines: 1 });
  });

  it('are what their own link says, however it is written', () => {
    const kindOf = (type: string) =>
      read(record(type, '1', { tranId: 'T-1', item: ITEM })).documents[0]?.canonical?.kind;
    expect(['salesorder', 'purchaseOrder', 'vendorbill', 'creditMemo', 'itemFulfillment'].map(kindOf)).toEqual([
      ...['order', 'order', 'invoice', 'credit-note', 'despatch-advice'],
    ]);
    const po = record('purchaseorder', '1', { tranId: 'T-1', entity: { id: '5', refName: 'Mill' }, item: ITEM });
    expect(dataOf(po, 'order')).toMatchObject({ seller: { name: 'Mill' } });
    expect(read(record('subsidiary', '1', { name: 'North' })).documents[0]?.faults).toMatchObject([
      { code: 'message-unsupported' },
    ]);
  });

  it('of a list are documents where they are whole, and said to be references where not', () => {
    const list = (...items: object[]) => ({
      links: [{ rel: 'self', href: `${HOST}/salesOrder?limit=2` }],
      count: 2,
      items,
    });
    expect(read(list(order, record('invoice', '2', { tranId: 'I-2' }))).documents.map(({ type }) => type)).toEqual([
      ...['SalesOrder', 'Invoice'],
    ]);
    const { documents, faults } = read(list(record('salesOrder', '1', {}), record('salesOrder', '2', {})));
    expect([documents, faults[0]?.code, faults[0]?.text]).toEqual([
      ...[[], 'no-document-found', 'no record of NetSuite, only 2 references to records'],
    ]);
  });

  it('that are refused are faults', () => {
    const refused = {
      title: 'Not Found',
      status: 404,
      'o:errorDetails': [{ detail: 'No such record.', 'o:errorCode': 'NONEXISTENT_ID' }],
    };
    expect(detect(bytes(refused))).toBe('NetSuite');
    expect(read(refused)).toMatchObject({
      documents: [],
      faults: [{ code: 'refused-by-partner', text: 'NetSuite refused: NONEXISTENT_ID, No such record.' }],
    });
  });

  it('see own fields only, whatever they are called', () => {
    const odd = JSON.stringify(order).replace(
      '"otherRefNum"',
      '"__proto__":{"tranId":"X"},"constructor":1,"otherRefNum"',
    );
    expect(readNetSuite(new TextEncoder().encode(odd), NO_CONTEXT).documents[0]?.number).toBe('SO-118');
  });
});
