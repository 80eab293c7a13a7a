/** 824 Application Advice: what the partner's application says of a document that it got. */
import type { AdvisedDocument, CanonicalApplicationAdvice } from '../../../canonical/application-advice.js';
import { all, OWN, type CodeTable } from '../../code-table.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { kindOf } from '../../edi/references.js';
import type { X12Loop, X12Message } from '../message.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { referencesOf } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

/** What OTI01 says; the first letter says of what: item, transaction set, functional group ... */
export const STATUSES: CodeTable<string> = {
  ...OWN,
  list: 'answers',
  codeSet: 'X12 110, 004010',
  source: 'X12 data element dictionary, application acknowledgment code',
  example: { sent: 'OTI*TR*PO*4501', code: 'TR', means: 'rejected' },
  rows: {
    ...all('accepted', 'BA GA IA TA BC GC IC TC'),
    ...all('partially-accepted', 'BP GP IP TP'),
    ...all('accepted-with-errors', 'BE GE IE TE'),
    ...all('rejected', 'BR GR IR TR'),
  },
};

const documentOf = (reading: X12Reading, advice: X12Loop): AdvisedDocument => {
  const oti = advice.opening;
  const sentStatus = reading.needed(oti, 'OTI', 1);
  const [qualifier, number] = [reading.text(oti, 2), reading.text(oti, 3)];
  const named = qualifier !== undefined && number !== undefined ? [{ kind: kindOf('x12', qualifier), number }] : [];
  const errors = advice.of('TED').map(({ opening: ted }) => {
    const [code, text] = [reading.text(ted, 1) ?? '', reading.text(ted, 2)];
    return { code, ...(text !== undefined && { text }) };
  });
  const ntes = [...advice.deep('NTE')].map((nte) => reading.text(nte, 2)).filter((note) => note !== undefined);
  return compact<AdvisedDocument>({
    status: reading.means(STATUSES, sentStatus) ?? sentStatus,
    sentStatus,
    documentType: reading.text(oti, 10),
    references: some([...named, ...(referencesOf(reading, advice.all('REF')) ?? [])]),
    groupControl: reading.text(oti, 8),
    control: reading.text(oti, 9),
    errors: some(errors),
    notes: some(ntes),
  });
};

export const applicationAdvice: X12Message = {
  type: '824',
  required: { BGN: [1, 2, 3], OTI: [] },
  layout: loop(
    'ST',
    'BGN',
    PARTY,
    loop('OTI', 'REF DTM PER AMT QTY NM1 TXI', loop('TED', 'CTX NTE RED'), loop('LM', 'LQ')),
  ),
  read: (set, reading) => {
    const bgn = set.first('BGN');
    const data = compact<CanonicalApplicationAdvice>({
      number: reading.needed(bgn, 'BGN', 2),
      issued: reading.day(bgn, 3),
      sender: partyIn(reading, set, 'seller'),
      receiver: partyIn(reading, set, 'buyer'),
      documents: set.of('OTI').map((advice) => documentOf(reading, advice)),
    });
    return { kind: 'application-advice', data };
  },
};
