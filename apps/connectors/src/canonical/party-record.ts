/** A customer or supplier as a system of record keeps it: shops, NetSuite, QuickBooks. */
import type { Party } from './shapes.js';

export interface CanonicalPartyRecord {
  readonly number: string;
  readonly role: 'customer' | 'supplier';
  readonly party: Party;
  readonly currency?: string;
  readonly active?: boolean;
}
