/** The canonical order to a warehouse to ship: X12 940. */
import type { Day, Item, Party, Quantity, Reference } from './shapes.js';

export interface CanonicalWarehouseOrderLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  readonly lot?: string;
  readonly weight?: Quantity;
  readonly references?: readonly Reference[];
}
export interface CanonicalWarehouseOrder {
  /** the depositor's order number */
  readonly number: string;
  /** `original`, `change`, `cancel` ... */
  readonly purpose?: string;
  readonly orderNumber?: string;
  readonly requestedShip?: Day;
  readonly requestedDelivery?: Day;
  readonly depositor?: Party;
  readonly warehouse?: Party;
  readonly deliverTo?: Party;
  readonly billTo?: Party;
  readonly carrierCode?: string;
  readonly service?: string;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalWarehouseOrderLine[];
  readonly notes?: readonly string[];
}
