/** What a warehouse shipped on an order (X12 945), and stock moved between warehouses (943 sent, 944 received). */
import type { CanonicalPackage } from './despatch-advice.js';
import type { Day, Item, Party, Quantity, Reference } from './shapes.js';

export interface CanonicalWarehouseLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly ordered?: Quantity;
  /** shipped by 945 and 943, received by 944 */
  readonly quantity: Quantity;
  readonly difference?: Quantity;
  /** `shipped`, `short`, `backordered` and `partial` (the rest follows) ...; W1201 as sent where it is none of ours */
  readonly status?: string;
  /** W1303: in which condition goods of a receipt were, as sent */
  readonly condition?: string;
  readonly lot?: string;
  readonly serials?: readonly string[];
  /** our line (N9 LI), where the sender repeats it */
  readonly orderLineNo?: string;
  /** ids of the packages that hold it, or the marks on them */
  readonly packages?: readonly string[];
  readonly references?: readonly Reference[];
}
export interface CanonicalWarehouseAdvice {
  /** shipment of a 945 or 943, receipt of a 944 */
  readonly number: string;
  /** the depositor's order that it answers */
  readonly depositorOrder?: string;
  /** of a receipt: the shipment that came (W1705) */
  readonly shipment?: string;
  readonly orderNumber?: string;
  /** `simulation`, `customer-return`, `exceptions-only` ...: where it is no plain report of what was shipped or received */
  readonly reporting?: string;
  readonly day?: Day;
  readonly depositor?: Party;
  readonly warehouse?: Party;
  readonly shipFrom?: Party;
  readonly deliverTo?: Party;
  readonly carrierCode?: string;
  readonly trackingNumbers?: readonly string[];
  readonly references?: readonly Reference[];
  /** what was told of packages beside their marks */
  readonly cartons?: readonly CanonicalPackage[];
  readonly lines: readonly CanonicalWarehouseLine[];
  readonly notes?: readonly string[];
}
/** `direction` tells 943 from 944. */
export interface CanonicalStockTransferAdvice extends CanonicalWarehouseAdvice {
  readonly direction: 'shipped' | 'received';
}
