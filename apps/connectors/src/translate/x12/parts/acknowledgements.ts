/** Codes of technical acknowledgements: AK501, AK901 (IK501), TA104. */
import type { AcknowledgedStatus } from '../../../canonical/acknowledgement.js';
import { all, meantBy, OWN, type CodeTable, type ReadBy } from '../../code-table.js';

export const STATUSES: CodeTable<AcknowledgedStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'X12 717, 004010',
  source: 'X12 data element dictionary, transaction set acknowledgment code; 715 and I17 have the same',
  example: { sent: 'AK5*E*5', code: 'E', means: 'accepted-with-errors' },
  rows: {
    ...{ A: 'accepted', E: 'accepted-with-errors', P: 'partially-accepted' },
    ...all('rejected', 'R M W X'),
  },
};
const CODES: Readonly<Record<AcknowledgedStatus, string>> = {
  accepted: 'A',
  'accepted-with-errors': 'E',
  'partially-accepted': 'P',
  rejected: 'R',
  received: 'A',
};
export const acknowledgedStatusOf = (code: string, by: ReadBy): AcknowledgedStatus =>
  meantBy(STATUSES, code, by) ?? 'received';
export const acknowledgedCode = (status: AcknowledgedStatus): string => CODES[status];
