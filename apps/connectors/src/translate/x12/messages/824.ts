/** 824 Application Advice: what the partner's application says of a document that it got. */
import type { AdvisedDocument, CanonicalApplicationAdvice } from '../../../canonical/application-advice.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { kindOf } from '../../edi/references.js';
import type { X12Loop, X12Message } from '../message.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { referencesOf } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

/** Application acknowledgment codes (OTI01): second letter A accept, C accept with change, E errors, R reject. */
const STATUSES: Readonly<Record<string, string>> = {
  A: 'accepted',
  C: 'accepted',
  P: 'partially-accepted',
  E: 'accepted-with-errors',
  R: 'rejected',
};

const documentOf = (reading: X12Reading, advice: X12Loop): AdvisedDocument => {
  const oti = advice.opening;
  const sentStatus = reading.needed(oti, 'OTI', 1);
  const outcome = sentStatus.charAt(1);
  const [qualifier, number] = [reading.text(oti, 2), reading.text(oti, 3)];
  const named = qualifier !== undefined && number !== undefined ? [{ kind: kindOf('x12', qualifier), number }] : [];
  const errors = advice.of('TED').map(({ opening: ted }) => {
    const [code, text] = [reading.text(ted, 1) ?? '', reading.text(ted, 2)];
    return { code, ...(text !== undefined && { text }) };
  });
  const ntes = [...advice.deep('NTE')].map((nte) => reading.text(nte, 2)).filter((note) => note !== undefined);
  return compact<AdvisedDocument>({
    status: Object.hasOwn(STATUSES, outcome) ? (STATUSES[outcome] ?? sentStatus) : sentStatus,
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
