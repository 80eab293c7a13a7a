/** An order to a carrier or forwarder to move goods: EDIFACT IFTMIN. */
import type { Item, LocalDateTime, Day, Party, Quantity, Reference } from './shapes.js';

export interface CanonicalGoodsLine {
  readonly lineNo: string;
  readonly item: Item;
  /** number of packages and what kind they are */
  readonly quantity?: Quantity;
  readonly weight?: Quantity;
  readonly volume?: Quantity;
  readonly packages?: readonly string[];
  readonly references?: readonly Reference[];
}
export interface CanonicalTransportInstruction {
  readonly number: string;
  readonly purpose?: string;
  readonly issued?: Day;
  readonly collect?: LocalDateTime;
  readonly deliver?: LocalDateTime;
  readonly shipper?: Party;
  readonly consignee?: Party;
  readonly carrier?: Party;
  readonly shipFrom?: Party;
  readonly deliverTo?: Party;
  /** mode of transport (UN/ECE Rec 19) as sent */
  readonly mode?: string;
  readonly incoterm?: string;
  readonly places?: readonly { readonly kind: string; readonly code?: string; readonly name?: string }[];
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalGoodsLine[];
  readonly notes?: readonly string[];
}
