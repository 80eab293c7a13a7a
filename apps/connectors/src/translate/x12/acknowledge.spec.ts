import { NO_CONTEXT } from '../translation.js';
import { acknowledgeX12 } from './acknowledge.js';
import { translateX12 } from './translate.js';
import { writeX12, type X12Outgoing } from './write.js';
import { aGroup, anInterchange, anOrder, aTransactionSet, bytesOf } from './x12.builders.js';

const GOOD = anOrder('PO1*1*5*EA*2.50**VN*TEA');
const answerTo = (text: string): readonly X12Outgoing[] =>
  acknowledgeX12(bytesOf(text), NO_CONTEXT).flatMap(({ outgoing }) => outgoing);
const saidTo = (text: string): unknown => answerTo(text).map(({ document }) => document.data);
const written = (text: string): string =>
  writeX12(answerTo(text), {
    sender: { id: 'CONTOSO' },
    receiver: { id: 'NORTHWIND' },
    control: 7,
    at: '2026-09-12T09:00:00',
  }).text;

describe('a 997', () => {
  it('accepts what is right', () => {
    const text = written(anInterchange([aGroup([GOOD], '77')]));
    expect(text).toContain('GS*FA*CONTOSO*NORTHWIND*');
    expect(text).toContain('AK1*PO*77~AK2*850*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~');
  });

  it('names segment, position and element of what is wrong, and accepts the rest', () => {
    const wrong = aTransactionSet('850', '0002', 'BEG*00*SA***20260912', 'PO1*1*5*EA', 'PO1*2*five*EA', 'CTT*2');
    const text = written(anInterchange([aGroup([GOOD, wrong], '77')]));
    expect(text).toContain('AK2*850*0001~AK5*A~');
    expect(text).toContain('AK3*BEG*2**8~AK4*3**1~AK3*PO1*4**8~AK4*2**6*five~AK5*R*5~AK9*P*2*2*1~');
  });

  it('refuses a set with a wrong count, and a group with one', () => {
    const interchange = anInterchange([aGroup([GOOD])]);
    expect(written(interchange.replace('SE*5', 'SE*6'))).toContain('AK5*R*4~AK9*R*1*1*0~');
    expect(written(interchange.replace('GE*1', 'GE*3'))).toContain('AK5*A~AK9*R*3*1*0*5~');
  });

  it('refuses the second of two groups with one control number', () => {
    const text = written(anInterchange([aGroup([GOOD], '7'), aGroup([GOOD], '7')]));
    expect([...text.matchAll(/AK9\*[^~]*/g)].map(([ak9]) => ak9)).toEqual(['AK9*A*1*1*1', 'AK9*R*1*1*0*6']);
  });

  it('notes what can be put right here', () => {
    const text = anInterchange([aGroup([anOrder('PO1*1*5*Q9*2.50**VN*TEA')])]);
    expect(written(text)).toContain('AK3*PO1*3**8~AK4*3**7*Q9~AK5*E*5~AK9*E*1*1*1~');
  });

  it('says what its receiver decided', () => {
    const bytes = bytesOf(anInterchange([aGroup([GOOD])]));
    const [answer] = acknowledgeX12(bytes, NO_CONTEXT, ({ control }) => (control === '0001' ? 'rejected' : undefined));
    expect(answer?.outgoing[0]?.document.data).toMatchObject({ status: 'rejected', accepted: 0 });
  });

  it('is sent for every group, to its sender, and never for a 997', () => {
    const two = anInterchange([aGroup([GOOD]), aGroup([GOOD], '2')]);
    expect(acknowledgeX12(bytesOf(two), NO_CONTEXT)).toMatchObject([
      { sender: { id: 'NORTHWIND' }, receiver: { id: 'CONTOSO' }, outgoing: [{ type: '997' }, { type: '997' }] },
    ]);
    expect(answerTo(written(two))).toEqual([]);
  });
});

describe('a TA1', () => {
  it('is sent when it is asked for', () => {
    const asked = anInterchange([aGroup([GOOD])]).replace('*0*P*>', '*1*P*>');
    expect(written(asked)).toContain('~TA1*000000850*260912*0830*A*000~GS*FA*');
  });

  it.each([
    ['001', 'IEA*1*000000850', 'IEA*1*000000851'],
    ['021', 'IEA*1', 'IEA*2'],
    ['023', 'IEA*1*000000850~', ''],
  ])('says %s of a wrong envelope', (code, right, wrong) => {
    const text = written(anInterchange([aGroup([GOOD])]).replace(right, wrong));
    expect(text).toContain(`TA1*000000850*260912*0830*R*${code}~`);
  });
});

describe('an acknowledgement that was written', () => {
  it('is read back as it was made', () => {
    const asked = anInterchange([aGroup([GOOD, anOrder('PO1*1*5*Q9')].map((set, at) => numbered(set, at)))]).replace(
      '*0*P*>',
      '*1*P*>',
    );
    const [ta1, group] = saidTo(asked) as [object, object];
    const documents = translateX12(bytesOf(written(asked)), NO_CONTEXT)[0]?.documents ?? [];
    expect(documents.map(({ faults }) => faults)).toEqual([[], []]);
    expect(documents[0]?.canonical?.data).toMatchObject(group);
    expect(documents[1]?.canonical?.data).toMatchObject(ta1);
  });
});
const numbered = (set: readonly string[], at: number): readonly string[] =>
  set.map((segment) => segment.replace(/^(ST\*850|SE\*\d+)\*0001$/, `$1*000${at + 1}`));
