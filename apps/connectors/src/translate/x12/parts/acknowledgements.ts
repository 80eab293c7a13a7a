/** Codes of technical acknowledgements: AK501, AK901 (IK501), TA104. */
import type { AcknowledgedStatus } from '../../../canonical/acknowledgement.js';

const STATUSES: Readonly<Record<string, AcknowledgedStatus>> = {
  A: 'accepted',
  E: 'accepted-with-errors',
  P: 'partially-accepted',
  R: 'rejected',
  M: 'rejected',
  W: 'rejected',
  X: 'rejected',
};
const CODES: Readonly<Record<AcknowledgedStatus, string>> = {
  accepted: 'A',
  'accepted-with-errors': 'E',
  'partially-accepted': 'P',
  rejected: 'R',
  received: 'A',
};
export const acknowledgedStatusOf = (code: string): AcknowledgedStatus =>
  Object.hasOwn(STATUSES, code) ? (STATUSES[code] ?? 'received') : 'received';
export const acknowledgedCode = (status: AcknowledgedStatus): string => CODES[status];
