import { gzipSync } from 'node:zlib';
import { NO_CONTEXT } from './translation.js';
import { translateBytes } from './translate-bytes.js';
import { FAULTS_MAX } from './xml/typed.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codesOf = (body: Uint8Array): readonly string[] => {
  const { faults, interchanges } = translateBytes(body, NO_CONTEXT);
  return [...faults, ...interchanges.flatMap((one) => one.faults)].map(({ code }) => code);
};

describe('bytes that no partner would send', () => {
  it.each([
    ['nothing', new Uint8Array(), 'document-unreadable'],
    ['a zip bomb', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, ...new Uint8Array(100)]), 'document-unsafe'],
    ['a gzip bomb', gzipSync(new Uint8Array(10_000_000)), 'document-unsafe'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), 'format-unknown'],
    ['a letter', bytes('Dear Sirs, please find our order of today.'), 'format-unknown'],
    [
      'XXE in an order',
      bytes(
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2">&e;</Order>',
      ),
      'document-unsafe',
    ],
    [
      'an interchange that is whole and empty',
      bytes(
        `ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      *260105*0930*U*00401*000000001*0*P*>~IEA*0*000000001~`,
      ),
      'no-document-found',
    ],
    ['deep JSON', bytes(`{"admin_graphql_api_id": ${'['.repeat(500_000)}`), 'document-too-deep'],
    ['a shop order cut short', bytes('{"order": {"financial_status": "paid", "line_items": ['), 'document-unreadable'],
  ])('%s: refused with a reason, never a throw', (_, body, code) => {
    expect(codesOf(body)).toEqual([code]);
  });

  it('100 MB of an order are refused before they are read', () => {
    const head = bytes('<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2">');
    const body = new Uint8Array(100 * 1024 * 1024).fill(0x20);
    body.set(head);
    expect(codesOf(body)).toEqual(['document-too-large']);
  });
});

describe('more than anybody would send of one thing', () => {
  const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
  it('lines that are all wrong give as many faults as a person can use', () => {
    const body = `<Order xmlns="${UBL}:Order-2" xmlns:c="${UBL}:CommonAggregateComponents-2">${'<c:OrderLine/>'.repeat(1_000)}</Order>`;
    const [document] = translateBytes(bytes(body), NO_CONTEXT).interchanges.flatMap(({ documents }) => documents);
    expect([document?.figures.lines, document?.faults.length]).toEqual([1_000, FAULTS_MAX]);
  });
  it('a list longer than a call has room for is read', () => {
    const body = `{"payload": {"Orders": [{"AmazonOrderId": "1"}], "others": [${'{},'.repeat(200_000)}{}]}}`;
    expect(codesOf(bytes(body))).toEqual([]);
  });
});
