/** The canonical cancellation of a whole order (UBL 2.1 OrderCancellation): X12 860 with BCH01 01, ORDCHG function 1. */
import type { Day, Party, Reference } from './shapes.js';

export interface CanonicalOrderCancellation {
  readonly number: string;
  readonly orderNumber: string;
  readonly issued?: Day;
  readonly reason?: string;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly references?: readonly Reference[];
  readonly notes?: readonly string[];
}
