import { NO_CONTEXT } from '../translation.js';
import { writeEdifact } from '../edifact/write.js';
import { translateX12 } from '../x12/translate.js';
import { writeX12 } from '../x12/write.js';
import { aGroup, anInterchange, aTransactionSet, bytesOf } from '../x12/x12.builders.js';

const invoice = { kind: 'invoice', data: { number: 'I-1', lines: [] } } as const;

describe('what a directory calls mandatory', () => {
  it('is named with its rule when it is missing, and the rest is still read', () => {
    const set = aTransactionSet('810', '0001', 'BIG**I-1', 'IT1*1*2*EA*5', 'CTT*1');
    const [document] = translateX12(bytesOf(anInterchange([aGroup([set])])), NO_CONTEXT)[0]?.documents ?? [];
    expect(document?.faults).toEqual([
      { code: 'element-missing', path: 'BIG01', text: 'BIG01 is empty and must be said' },
      { code: 'element-missing', path: 'TDS', text: 'TDS is missing: it is mandatory in 810 (X12 004010)' },
    ]);
    expect(document?.canonical?.data).toMatchObject({ number: 'I-1', lines: [{ quantity: { value: '2' } }] });
  });

  it('is never left out of what is sent: such a document is not written', () => {
    const ends = { sender: { id: 'US' }, receiver: { id: 'THEM' }, at: '2026-09-12T08:30:00' };
    expect(writeX12([{ type: '810', document: invoice }], { ...ends, control: 1 }).faults).toMatchObject([
      { code: 'element-missing', path: 'BIG01' },
    ]);
    expect(writeEdifact([{ type: 'INVOIC', document: invoice }], { ...ends, control: '1' }).faults).toMatchObject([
      { code: 'element-missing', path: 'DTM' },
    ]);
  });
});
