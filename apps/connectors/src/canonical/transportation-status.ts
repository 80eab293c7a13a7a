/** The canonical transportation status (UBL 2.1 TransportationStatus): X12 214, EDIFACT IFTSTA. */
import type { LocalDateTime, Day, Party, Reference } from './shapes.js';

export interface TransportEvent {
  /** AT701/AT703, STS, cbc:ConditionCode as sent */
  readonly code?: string;
  readonly reasonCode?: string;
  readonly text?: string;
  readonly at?: LocalDateTime;
  readonly place?: string;
  /** consignment, handling unit or equipment that it is about */
  readonly subject?: string;
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
