/** A partner's stores, plants and offices and how they belong together: X12 816. */
import type { Day, Party, Reference } from './shapes.js';

export interface CanonicalLocation {
  /** place in the list, as sent */
  readonly id: string;
  readonly within?: string;
  /** HL03 as sent: 35 company, 36 operating unit ... */
  readonly level?: string;
  readonly party?: Party;
  readonly references?: readonly Reference[];
  readonly opened?: Day;
  readonly closed?: Day;
}
export interface CanonicalLocationList {
  readonly number: string;
  readonly purpose?: string;
  readonly issued?: Day;
  readonly owner?: Party;
  readonly locations: readonly CanonicalLocation[];
}
