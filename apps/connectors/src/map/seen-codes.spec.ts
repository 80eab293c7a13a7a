import type { CanonicalDocument } from '../canonical/document.js';
import { NO_CONTEXT, type Standard } from '../translate/translation.js';
import { translate } from '../translate/translations.js';
import { aGroup, anInterchange, aTransactionSet, bytesOf } from '../translate/x12/x12.builders.js';
import { mappedStatuses, seenCodes, seenStatuses, type SeenCode } from './seen-codes.js';

const x12 = (type: string, ...segments: readonly string[]): CanonicalDocument =>
  translate(
    'X12' satisfies Standard,
    bytesOf(anInterchange([aGroup([aTransactionSet(type, '0001', ...segments)])])),
    NO_CONTEXT,
  )?.[0]?.documents[0]?.canonical as CanonicalDocument;
const told = (seen: readonly SeenCode[]): readonly string[] =>
  seen.map(({ list, code, isMapped }) => `${list} ${code}${isMapped ? '' : ' not mapped'}`);

describe('codes that a document carries', () => {
  it('are units and actions, as sent, and whether a row knows them', () => {
    const change = x12('860', 'BCH*04*SA*4501***20260105', 'POC*1*QI*5*1*CA', 'POC*2*RC*5*1*Q9', 'POC*3*DI*5*5*EA');
    expect(told(seenCodes(change)).toSorted()).toEqual([
      'actions DI',
      'actions QI',
      'actions RC not mapped',
      'units CA',
      'units EA',
      'units Q9 not mapped',
    ]);
  });
  it('are kinds of quantities that a report counts', () => {
    const report = x12('846', 'BIA*00*SI*R-1*20260110', 'LIN*1*VN*TEA', 'QTY*33*5*EA', 'QTY*X7*1*EA');
    const counted = told(seenCodes(report)).filter((one) => one.startsWith('quantities'));
    expect(counted).toEqual(['quantities 33', 'quantities X7 not mapped']);
  });
  it('are answers of orders, line by line', () => {
    const response = x12('855', 'BAK*00*ZZ*4501*20260105', 'PO1*1*5*EA', 'ACK*IA*5*EA', 'PO1*2*5*EA', 'ACK*IW*5*EA');
    const answers = told(seenCodes(response)).filter((one) => one.startsWith('answers'));
    expect(answers).toEqual(['answers ZZ not mapped', 'answers IA', 'answers IW not mapped']);
  });
  it('are answers of acknowledgements; what was received alone is one', () => {
    const answers = (code: string) =>
      told(seenCodes(x12('997', 'AK1*PO*1', 'AK2*850*0001', `AK5*${code}`, 'AK9*A*1*1*1')));
    expect(answers('E')).toEqual(['answers A', 'answers E']);
    expect(answers('Q')).toEqual(['answers A', 'answers Q not mapped']);
    const received = { number: '1', level: 'interchange', status: 'received', sentStatus: '8', messages: [] } as const;
    expect(told(seenCodes({ kind: 'acknowledgement', data: received }))).toEqual(['answers 8']);
  });
  it('are statuses, by the standard alone or as they were mapped', () => {
    const status = x12(
      '214',
      'B10*PRO1*BOL1*UPSN',
      'LX*1',
      'AT7*D1*NS***20260110*1405*LT',
      'AT7*QQ*NS***20260110*1406*LT',
    );
    expect(told(seenStatuses(status, 'X12'))).toEqual(['statuses D1', 'statuses QQ not mapped']);
    expect(seenStatuses(x12('850', 'BEG*00*SA*1**20260105', 'PO1*1*5*EA'), 'X12')).toEqual([]);
    const event = {
      milestone: 'UNKNOWN',
      classifier: 'ACT',
      occurredAt: '2026-01-10T14:05:00Z',
      offsetKnown: false,
    } as const;
    const events = [
      { ...event, rawCode: 'QQ/NS', reason: 'code-not-mapped' },
      { ...event, rawCode: '99', reason: 'carrier' },
    ];
    expect(told(mappedStatuses([{ trackingNo: 'T1', carrier: 'ups', mappingVersion: 'v', events }]))).toEqual([
      'statuses QQ/NS not mapped',
      'statuses 99',
    ]);
  });
});
