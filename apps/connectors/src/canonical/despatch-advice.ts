/** The canonical despatch advice (UBL 2.1 DespatchAdvice): X12 856, EDIFACT DESADV, IDoc DESADV, shop fulfilments. */
import type { Day, Item, LocalDateTime, Party, Quantity, Reference } from './shapes.js';

/** What was handed over of one lot or serial number. */
export interface ItemInstance {
  readonly lot?: string;
  readonly expires?: Day;
  readonly serial?: string;
}
export interface CanonicalDespatchLine {
  readonly lineNo: string;
  readonly orderLineNo?: string;
  readonly orderNumber?: string;
  readonly item: Item;
  readonly quantity: Quantity;
  /** still to come */
  readonly outstanding?: Quantity;
  readonly instances?: readonly ItemInstance[];
  /** ids of the packages that hold it */
  readonly packages?: readonly string[];
  readonly note?: string;
}
/** A carton, pallet or other handling unit; `id` is its SSCC, or the sender's own number. */
export interface CanonicalPackage {
  readonly id: string;
  readonly sscc?: string;
  /** id of the unit that it stands on or in */
  readonly within?: string;
  /** UN/ECE Rec 21 or as sent */
  readonly type?: string;
  readonly trackingNumber?: string;
  readonly weight?: Quantity;
}
export interface CanonicalDespatchAdvice {
  readonly number: string;
  /** `original`, `replace`, `cancel` ... */
  readonly purpose?: string;
  readonly issued?: Day;
  readonly issuedAt?: LocalDateTime;
  readonly despatched?: LocalDateTime;
  readonly expected?: LocalDateTime;
  readonly orderNumber?: string;
  readonly buyer?: Party;
  readonly seller?: Party;
  readonly shipFrom?: Party;
  readonly deliverTo?: Party;
  readonly carrier?: Party;
  /** SCAC or the sender's code of the carrier */
  readonly carrierCode?: string;
  readonly service?: string;
  readonly trackingNumbers?: readonly string[];
  readonly billOfLading?: string;
  readonly weight?: Quantity;
  readonly packageCount?: string;
  readonly references?: readonly Reference[];
  readonly packages?: readonly CanonicalPackage[];
  readonly lines: readonly CanonicalDespatchLine[];
  readonly notes?: readonly string[];
}
