/** The canonical transportation status (UBL 2.1 TransportationStatus): X12 214, EDIFACT IFTSTA. */
import type { LocalDateTime, Day, Party, Reference } from './shapes.js';

export interface TransportEvent {
  /** AT701/AT703, STS, cbc:ConditionCode as sent */
  readonly code?: string;
  readonly reasonCode?: string;
  readonly text?: string;
  readonly at?: LocalDateTime;
  readonly place?: string;
  /** whose list the code is from, where it is not the standard's: DE 3055 of IFTSTA; `category` of a status without event */
  readonly codeList?: string;
  /** consignment or handling unit that it is about */
  readonly subject?: string;
  /** trailer or container that it is in */
  readonly equipment?: string;
}
export interface CanonicalTransportationStatus {
  readonly number: string;
  readonly issued?: Day;
  readonly issuedAt?: LocalDateTime;
  readonly shipmentNumber?: string;
  readonly trackingNumber?: string;
  readonly carrierCode?: string;
  readonly type?: string;
  readonly shipper?: Party;
  readonly consignee?: Party;
  readonly references?: readonly Reference[];
  readonly events: readonly TransportEvent[];
  readonly notes?: readonly string[];
}
