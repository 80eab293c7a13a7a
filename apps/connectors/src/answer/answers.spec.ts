import type { CanonicalOrder } from '../canonical/order.js';
import { translate } from '../translate/translations.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { groupAcknowledgements, interchangeAcknowledgement } from './functional.js';
import { responseOf } from './response.js';
import { writeDocument } from './write.js';

const ADDRESSING = { ourId: 'CROSSDOCK', theirId: 'ACMESTORES' };
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
        { orderLineNo: '10', status: 'backordered', backordered: { value: '1', unit: 'CS' }, unitPrice: '2.55' },
        { orderLineNo: '20', status: 'accepted' },
      ],
    });
  });

  it('is a refusal of every line when the order was given up', () => {
    const response = responseOf(order, { status: 'rejected', lines: [], text: 'no such item' }, AT);
    expect(response).toMatchObject({ status: 'rejected', reason: 'no such item' });
    expect(response.lines.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('the acknowledgement of an interchange', () => {
  const read = {
    interchange: '905',
    receivedAt: AT,
    messages: [
      { type: '850', control: '0001', group: '1', faults: [] },
      { type: '850', control: '0002', group: '1', faults: ['count-differs'] },
      { type: '810', control: '0001', group: '2', faults: [] },
    ],
  };

  it('is one 997 per group, each with what was wrong', () => {
    expect(groupAcknowledgements(read)).toMatchObject([
      {
        groupControl: '1',
        groupType: 'PO',
        status: 'partially-accepted',
        received: 2,
        accepted: 1,
        messages: [{ status: 'accepted' }, { status: 'rejected', errorCodes: ['4'] }],
      },
      { groupControl: '2', groupType: 'IN', status: 'accepted' },
    ]);
  });

  it.each([
    ['X12', '997', groupAcknowledgements(read)],
    ['EDIFACT', 'CONTRL', [interchangeAcknowledgement(read, ADDRESSING)]],
  ])('in %s is read back as it was meant', (standard, type, all) => {
    const written = writeDocument(
      { standard, type, control: 7, addressing: ADDRESSING, queuedAt: AT },
      all.map((data) => ({ kind: 'acknowledgement', data })),
    );
    expect(written.faults).toEqual([]);
    const interchanges = translate(standard as 'X12', written.bytes, NO_CONTEXT) ?? [];
    const documents = interchanges.flatMap((one) => one.documents);
    expect([...interchanges.flatMap(({ faults }) => faults), ...documents.flatMap(({ faults }) => faults)]).toEqual([]);
    expect(interchanges[0]).toMatchObject({ sender: 'CROSSDOCK', receiver: 'ACMESTORES' });
    expect(documents.map(({ canonical }) => canonical?.data)).toMatchObject(
      all.map(({ status, messages }) => ({
        status,
        messages: messages.map(({ control, status: own }) => ({ control, status: own })),
      })),
    );
  });
});
