import { Readable } from 'node:stream';
import type { CanonicalAcknowledgement } from '../canonical/acknowledgement.js';
import type { CanonicalOrder } from '../canonical/order.js';
import { textsOf } from '../translate/edi/text.js';
import { translate } from '../translate/translations.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { acknowledgementsOf } from './acknowledge.js';
import { responseOf } from './response.js';
import { writeDocument } from './write.js';

const ADDRESSING = { ourId: 'CROSSDOCK', theirId: 'ACMESTORES', theirQualifier: '0088' };
/** Who stands for parties that a document does not name. */
const ENDS = { seller: { ids: [{ value: 'CROSSDOCK' }] }, buyer: { ids: [{ scheme: '0088', value: 'ACMESTORES' }] } };
const order: CanonicalOrder = {
  number: 'PO-1',
  issued: '2026-03-02',
  lines: [
    { lineNo: '10', item: { buyerItem: '4711' }, quantity: { value: '2', unit: 'CS' } },
    { lineNo: '20', item: { buyerItem: '4712' }, quantity: { value: '4', unit: 'EA' } },
  ],
};
const line = (lineNo: number, customerLineNo: string, ordered: number, backordered: number) => ({
  lineNo,
  customerLineNo,
  item: 'TEA',
  ordered,
  backordered,
  unit: 'EA',
  unitPrice: '2.55',
});
const AT = '2026-03-02T09:00:00.000Z';

describe('the response to an order', () => {
  it('says of each line in the partner’s own units what is held and what waits', () => {
    const response = responseOf(order, { status: 'accepted', lines: [line(1, '10', 24, 12), line(2, '20', 4, 0)] }, AT);
    expect(response).toMatchObject({
      number: 'PO-1',
      orderNumber: 'PO-1',
      status: 'changed',
      lines: [
        { orderLineNo: '10', status: 'backordered', quantity: { value: '1' }, backordered: { value: '1', unit: 'CS' } },
        { orderLineNo: '20', status: 'accepted' },
      ],
    });
  });

  it('of a line that waits as a whole has nothing held, and adds up to the order when it is written', () => {
    const response = responseOf(order, { status: 'accepted', lines: [line(1, '10', 24, 24), line(2, '20', 4, 1)] }, AT);
    expect(response.lines[0]).not.toHaveProperty('quantity');
    const envelope = { standard: 'X12', type: '855', control: 1, addressing: ADDRESSING, queuedAt: AT };
    const written = writeDocument(envelope, [{ type: '855', document: { kind: 'order-response', data: response } }]);
    const text = new TextDecoder().decode(written.bytes);
    expect(text).toMatch(/PO1\*10\*2\*/);
    expect(text).toMatch(/PO1\*20\*4\*/);
  });

  it('is a refusal of every line when the order was given up', () => {
    const response = responseOf(order, { status: 'rejected', lines: [], text: 'no such item' }, AT);
    expect(response).toMatchObject({ status: 'rejected', reason: 'no such item' });
    expect(response.lines.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

const an850 = (count: number): Uint8Array =>
  new TextEncoder().encode(
    [
      'ISA*00*          *00*          *ZZ*ACMESTORES     *ZZ*CROSSDOCK      *260302*0900*U*00401*000000905*1*P*>',
      'GS*PO*ACMESTORES*CROSSDOCK*20260302*0900*905*X*004010',
      `ST*850*0001~BEG*00*NE*PO-1**20260302~PO1*1*6*EA***BP*4711~CTT*1~SE*${count}*0001`,
      'GE*1*905',
      'IEA*1*000000905',
      '',
    ].join('~'),
  );

describe('the response to a change or cancellation', () => {
  it.each([
    ['X12', '865'],
    ['EDIFACT', 'ORDRSP'],
    ['UBL', 'OrderResponse'],
  ])('of an order names the order by %s %s, though it has no lines', (standard, type) => {
    for (const status of ['accepted', 'rejected'] as const) {
      const data = responseOf({ number: 'CAN-1', orderNumber: 'PO-1' }, { status, lines: [] }, AT);
      const envelope = { standard, type, control: 1, addressing: ADDRESSING, queuedAt: AT };
      const { bytes, faults } = writeDocument(envelope, [{ type, document: { kind: 'order-response', data } }]);
      expect(faults).toEqual([]);
      const [read] = translate(standard as 'X12', bytes, NO_CONTEXT)?.[0]?.documents ?? [];
      expect([read?.faults, read?.canonical?.data]).toMatchObject([[], { orderNumber: 'PO-1', status }]);
      if (standard === 'UBL') expect(read?.canonical?.data).toMatchObject(ENDS);
    }
  });
});

const STANDARDS = [
  ['X12', '865'],
  ['EDIFACT', 'ORDRSP'],
  ['UBL', 'OrderResponse'],
] as const;
describe('the response to a change of lines', () => {
  const changed = (lineNo: string, action: 'add' | 'change' | 'delete', value: string) => ({
    ...{ lineNo, action, item: { buyerItem: lineNo } },
    quantity: { value, unit: 'EA' },
  });
  const change = {
    number: 'CHG-1',
    orderNumber: 'PO-1',
    lines: [changed('30', 'add', '5'), changed('10', 'change', '6'), changed('20', 'delete', '4')],
  };
  // Lines of the order that the change does not name are no part of the answer, whatever their places are.
  const answer = {
    status: 'accepted' as const,
    lines: [line(1, '10', 6, 0), line(2, '15', 9, 9), line(3, '30', 5, 2)],
  };

  it('says of each line that it names what became of it, and that what was to go is gone', () => {
    const response = responseOf(change, answer, AT);
    expect(response).toMatchObject({ number: 'CHG-1', orderNumber: 'PO-1', status: 'changed' });
    expect(response.lines.map(({ lineNo, status, quantity }) => [lineNo, status, quantity?.value])).toEqual([
      ['30', 'backordered', '3'],
      ['10', 'accepted', '6'],
      ['20', 'accepted', '4'],
    ]);
  });

  it('that is refused says at each line why', () => {
    const refused = [{ customerLineNo: '010', text: 'order-released-already: the warehouse has 2' }];
    const data = responseOf(change, { status: 'rejected', lines: [], text: 'no', refused }, AT);
    for (const [standard, type] of STANDARDS) {
      const envelope = { standard, type, control: 1, addressing: ADDRESSING, queuedAt: AT };
      const { bytes, faults } = writeDocument(envelope, [{ type, document: { kind: 'order-response', data } }]);
      expect(faults).toEqual([]);
      const [read] = translate(standard, bytes, NO_CONTEXT)?.[0]?.documents ?? [];
      const { lines } = read?.canonical?.data as typeof data;
      expect(lines.map(({ orderLineNo, lineNo, status, note }) => [orderLineNo ?? lineNo, status, note])).toEqual([
        ['30', 'rejected', undefined],
        ['10', 'rejected', 'order-released-already: the warehouse has 2'],
        ['20', 'rejected', undefined],
      ]);
    }
  });

  it('is read back from an 865, an ORDRSP and an OrderResponse as it was meant', () => {
    const data = responseOf(change, { ...answer, lines: [line(1, '10', 6, 0), line(3, '30', 5, 0)] }, AT);
    for (const [standard, type] of STANDARDS) {
      const envelope = { standard, type, control: 1, addressing: ADDRESSING, queuedAt: AT };
      const { bytes, faults } = writeDocument(envelope, [{ type, document: { kind: 'order-response', data } }]);
      expect(faults).toEqual([]);
      const [read] = translate(standard, bytes, NO_CONTEXT)?.[0]?.documents ?? [];
      expect(read?.canonical?.data).toMatchObject({ orderNumber: 'PO-1', status: 'accepted' });
      const { lines } = read?.canonical?.data as typeof data;
      expect(lines.map(({ lineNo, orderLineNo = lineNo, status }) => [orderLineNo, status])).toEqual([
        ['30', 'accepted'],
        ['10', 'accepted'],
        ['20', 'accepted'],
      ]);
      if (type === '865')
        expect(new TextDecoder().decode(bytes)).toMatch(/POC\*30\*AI\*5.*POC\*10\*CA\*6.*POC\*20\*DI\*4/s);
    }
  });
});

describe('the acknowledgement of an interchange', () => {
  const ENVELOPE = { standard: 'X12', type: '997', control: 7, addressing: ADDRESSING, queuedAt: AT };
  const statuses = async (bytes: Uint8Array, refused: readonly string[] = []): Promise<unknown> => {
    const texts = textsOf(() => Promise.resolve(Readable.from([bytes.subarray(0, 200), bytes.subarray(200)])));
    const written = writeDocument(ENVELOPE, await acknowledgementsOf('X12', texts, { nth: 0, refused }));
    expect(written.faults).toEqual([]);
    const [interchange] = translate('X12', written.bytes, NO_CONTEXT) ?? [];
    expect(interchange).toMatchObject({
      sender: 'CROSSDOCK',
      receiver: 'ACMESTORES',
      control: '000000007',
      faults: [],
    });
    return interchange?.documents.map(({ type, canonical }) => {
      const { status, messages } = canonical?.data as CanonicalAcknowledgement;
      return [type, status, messages.map((one) => [one.status, one.errorCodes])];
    });
  };

  it('says that all is well, with the TA1 that was asked for', async () => {
    const all = await statuses(an850(5));
    expect(all).toHaveLength(2);
    expect(all).toContainEqual(['TA1', 'accepted', []]);
    expect(all).toContainEqual(['997', 'accepted', [['accepted', undefined]]]);
  });
  it('says which count was wrong', async () => {
    expect(await statuses(an850(9))).toContainEqual(['997', 'rejected', [['rejected', ['4']]]]);
  });
  it('says what we refuse ourselves', async () => {
    expect(await statuses(an850(5), ['905/0001'])).toContainEqual(['997', 'rejected', [['rejected', undefined]]]);
  });
});
