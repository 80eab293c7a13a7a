/** The parts of the services' states that the checks read. A service may add fields freely; these it keeps. */
export interface OrderRow {
  readonly status: string;
  readonly orderNo: string;
  readonly account: string;
  readonly lineNos: readonly number[];
  /** places of lines that are no goods */
  readonly charges: readonly number[];
  readonly counters: Readonly<Record<string, readonly number[]>>;
  readonly fulfilments: readonly { readonly fulfilmentId: string; readonly status: string }[];
  readonly creditOpen: number;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly releaseNotBefore?: string;
  readonly erp: { readonly status: string; readonly orderNos: readonly string[] };
}
export interface AccountRow {
  readonly openOrders: number;
  readonly receivables: number;
}
export interface CaseRow {
  readonly status: string;
  readonly reason: string;
  readonly subject: { readonly kind: string; readonly id: string };
}
export interface PositionRow {
  readonly sellable: number;
  readonly picked: number;
  readonly quarantine: number;
  readonly inTransit: number;
  readonly unfound: number;
  readonly soft: number;
  readonly allocated: number;
  readonly backordered: number;
  /** tab-separated, lines last as `<line>:<soft>:<hard>:<waiting>` */
  readonly claims: readonly string[];
  readonly node: string;
  readonly item: string;
}
export interface MovementRow {
  readonly status: string;
  readonly node: string;
  readonly lines: readonly {
    readonly item: string;
    readonly sellable: number;
    readonly picked: number;
    readonly quarantine: number;
    readonly inTransit: number;
  }[];
}
export interface DocumentRow {
  readonly status: string;
  readonly billing: 'invoice' | 'credit-memo';
  readonly documentId: string;
  readonly documentNo: string;
  readonly erpDocumentNo?: string;
  readonly sequence: number;
  readonly entity: string;
  readonly account: string;
  readonly orderId?: string;
  readonly shipmentId?: string;
  readonly returnId?: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}
export interface JournalRow {
  readonly status: string;
  readonly journalId: string;
  readonly entity: string;
  readonly currency: string;
  readonly rule: string;
  readonly source: string;
  readonly no: number;
  readonly entries: readonly { readonly account: string; readonly debit: number; readonly credit: number }[];
}
export interface ItemAvailabilityRow {
  readonly item: string;
  readonly nodes: readonly { readonly node: string; readonly free: number; readonly version: number }[];
}
export interface ShipmentRow {
  readonly shipmentId: string;
  readonly status: string;
  readonly parcels?: readonly { readonly trackingNo: string; readonly milestone: string; readonly version: number }[];
}
/** A fulfilment order as shipments keeps it; `partner` where one runs the warehouse. */
export interface FulfilmentRow {
  readonly partner?: string;
}
/** An order to ship that went to a partner, as connectors keeps it. */
export interface WarehouseOrderRow {
  readonly fulfilmentId?: string;
}
export const CONNECTORS = 'connectors';
export const ORDERS = 'order-orchestration';
export const INVENTORY = 'inventory-propagation';
export const SHIPMENTS = 'shipment-normalization';
export const FINANCE = 'finance-posting';
