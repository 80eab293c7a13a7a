/** Whether a document may act on stock as it stands: what it says of itself, before any line of it is looked at. Pure. */
import type { DocumentFault } from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import { fault } from './faults.js';

/** Purposes (X12 353, EDIFACT 1225) that take back or amend what was told before: nobody knows what is left of it. */
const AMENDING = new Set(['cancel', 'change']);

/** None for a plain report of goods that came, left or are on their way. */
export const unbookable = (canonical: CanonicalDocument): readonly DocumentFault[] => {
  switch (canonical.kind) {
    case 'despatch-advice': {
      const { purpose = '', number } = canonical.data;
      if (!AMENDING.has(purpose)) return [];
      return [
        fault('purpose', `${number} is sent to ${purpose} what was told before; a person has to look what is booked`),
      ];
    }
    case 'warehouse-advice':
    case 'stock-transfer-advice': {
      const { reporting, number } = canonical.data;
      if (reporting === undefined) return [];
      return [
        fault('reporting', `${number} is of the kind ${reporting}, which is not booked as goods that came or left`),
      ];
    }
    default:
      return [];
  }
};
