import { detect } from './detect.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the standard of a document is told from its beginning', () => {
  it.each([
    ['X12', 'ISA*00*          *00*          *ZZ*ACME'],
    ['X12', '\uFEFF\r\n ISA|00|          |00|'],
    ['EDIFACT', "UNB+UNOC:3+5412345000013:14+4012345000094:14+260101:1000+1'"],
    ['EDIFACT', "UNA:+.? '\r\nUNB+UNOA:2+A+B+260101:1000+1'"],
    ['EDIFACT', "UNH+1+ORDERS:D:96A:UN'"],
    ['X12', 'GS*PO*BUYER*SELLER*20260105*1030*1*X*004010~ST*850*0001~'],
    ['X12', 'ST*850*0001~BEG*00*SA*PO-1**20260105~'],
    ['EDIFACT', "UNG+ORDERS+A+B+260101:1000+1+UN+D:96A'"],
    ['EPCIS', '<ObjectEvent><eventTime>2026-01-05T10:00:00Z</eventTime></ObjectEvent>'],
    ['UBL', '<?xml version="1.0"?><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'],
    ['EPCIS', '<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2"/>'],
    ['EPCIS', '{"@context": [], "type": "EPCISDocument"}'],
    ['IDoc', '<ORDERS05><IDOC BEGIN="1"/></ORDERS05>'],
    ['Shopify', '{"id": 1, "admin_graphql_api_id": "gid://shopify/Order/1"}'],
    ['QuickBooks', '<Bill domain="QBO"><Id>1</Id></Bill>'],
    ['Shopify', '{"refund": {"refund_line_items": []}}'],
    ['EPCIS', '{"type": "ObjectEvent", "eventTime": "2026-01-05T10:00:00Z"}'],
    ['Shopify', '{"customer": {"id": 1, "verified_email": true}}'],
    ['Shopify', '{"transaction": {"kind": "sale", "gateway": "bogus"}}'],
    ['BigCommerce', '{"id": 1, "status_id": 11, "subtotal_ex_tax": "1.00"}'],
    ['Amazon', '{"payload": {"transactionId": "20260105-1"}}'],
    ['QuickBooks', '{"Invoice": {"Id": "1", "SyncToken": "0"}}'],
    ['WooCommerce', '{"id": 1, "order_key": "wc_order_1", "meta_data": []}'],
    ['BigCommerce', '{"scope": "store/order/created", "data": {"id": 1}}'],
    ['Amazon', '{"payload": {"orders": [{"purchaseOrderNumber": "1"}]}}'],
    ['Crossdock', '{"documentNo": "A-1", "account": "C1", "lines": []}'],
  ])('%s: %s', (standard, text) => {
    expect(detect(bytes(text))).toBe(standard);
  });

  it.each(['', 'ISABEL ordered tea', 'hello', '<html></html>', 'ST. JOHN ordered tea', 'GS 1 is a body', '{"a": 1}'])(
    'none of %p',
    (text) => {
      expect(detect(bytes(text))).toBeUndefined();
    },
  );

  it.each([
    ['UBL', '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'],
    ['EDIFACT', 'UNB+UNOY:4+A+B+260105:1000+1'],
    ['X12', 'ISA*00*          *'],
    ['Crossdock', '{"documentNo": "A-1", "account": "C1"}'],
  ])('%s: in UTF-16 too, with a byte order mark and without', (standard, text) => {
    const little = [...text].flatMap((one) => [one.charCodeAt(0), 0]);
    const big = [...text].flatMap((one) => [0, one.charCodeAt(0)]);
    for (const body of [[0xff, 0xfe, ...little], little, [0xfe, 0xff, ...big], big])
      expect(detect(Uint8Array.from(body))).toBe(standard);
  });

  it('NUL before an envelope is padding', () => {
    expect(detect(bytes('\0ISA*00*'))).toBe('X12');
  });
});
