import { AnsweredLine, LINE_KINDS, type LineKind } from '../canonical/line.js';
import { BILLING_KINDS, type BillingKind } from '../finance/documents.v1.js';
import { bySelf, defineCommand } from '../language/define.js';
import {
  IsA,
  IsAccountNo,
  IsCurrency,
  IsDay,
  IsFlag,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsListOf,
  IsMinor,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsPercent,
  IsUnit,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { OrderRefusal, ReplacedOrder } from '../orders/events.v1.js';
import { PackageData } from '../shipments/fulfilment.v1.js';

/** An order line of which something left; `ordered` in base units tells how many the partner's unit holds. */
export class ShippedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @Optional() @IsKey() customerLineNo?: string;
  @IsItemNo() item!: string;
  @IsUnits() ordered!: number;
  @IsUnit() unit!: string;
}
/** What left of a partner's order, by package; quantities within in base units. */
export class NotedShipment {
  @IsKey('shipment') shipmentId!: string;
  @IsNodeId() node!: string;
  @IsInstant() dispatchedAt!: string;
  @IsListOf(PackageData, 1000, 1) packages!: PackageData[];
  @IsListOf(ShippedLine) lines!: ShippedLine[];
}

/** A line of a posted invoice or credit memo with the terms that it was billed by. Amounts in minor units. */
export class InvoicedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @Optional() @IsKey() customerLineNo?: string;
  @IsOneOf(LINE_KINDS) kind!: LineKind;
  @IsItemNo() item!: string;
  @Optional() @IsNote() description?: string;
  /** billed by this document, in base units */
  @IsUnits() quantity!: number;
  /** of the whole order line, in base units; the quantity itself where no order is behind it */
  @IsUnits() ordered!: number;
  @IsUnit() unit!: string;
  /** of one base unit */
  @IsUnitPrice() unitPrice!: string;
  @IsMinor() net!: number;
  @IsPercent() taxPercent!: string;
  @IsMinor() tax!: number;
}
/** An invoice or credit memo that the ERP has posted, as its partner is told. */
export class NotedInvoice {
  @IsKey('invoice') documentId!: string;
  @IsKey('invoiceNo') documentNo!: string;
  @IsOneOf(BILLING_KINDS) billing!: BillingKind;
  @IsDay() documentDate!: string;
  @IsCurrency() currency!: string;
  @Optional() @IsKey('shipment') shipmentId?: string;
  @Optional() @IsKey('returnNo') returnNo?: string;
  @IsLines(InvoicedLine) lines!: InvoicedLine[];
  @IsMinor() net!: number;
  @IsMinor() tax!: number;
  @IsMinor() gross!: number;
}

/**
 * What became of a partner's order. taken: it exists; answered: every line is held or waits; shipped: part or all of it
 * has left; invoiced: the ERP has posted its invoice; cancelled: before anything left.
 */
export const ORDER_FATES = ['taken', 'refused', 'answered', 'shipped', 'invoiced', 'cancelled'] as const;
export type OrderFate = (typeof ORDER_FATES)[number];
export class NoteOrderData {
  @IsKey('partner') partner!: string;
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  @IsOneOf(ORDER_FATES) what!: OrderFate;
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
  @IsListOf(AnsweredLine) lines!: AnsweredLine[];
  @Optional() @IsA(NotedShipment) shipment?: NotedShipment;
  @Optional() @IsA(NotedInvoice) invoice?: NotedInvoice;
  @Optional() @IsNote(200) text?: string;
  /** of one that is taken in another one's place: which, and by whose change */
  @Optional() @IsA(ReplacedOrder) replaces?: ReplacedOrder;
}
export const NoteOrder = defineCommand('connectors', 'note-order', 1, NoteOrderData, {
  about: "What became of a partner's order, carried from its account's lane to its partner's.",
  key: (data) => data.orderId,
  lane: bySelf((data) => data.partner),
  travels: 'private',
});

/** A credit memo names a return and no order; its partner is found by the account that it buys for. */
export class NoteCreditData {
  @IsKey('partner') partner!: string;
  @IsAccountNo() account!: string;
  /** several partners buy for the account: only an agreement that names it is meant */
  @IsFlag() shared!: boolean;
  @IsA(NotedInvoice) credit!: NotedInvoice;
}
export const NoteCredit = defineCommand('connectors', 'note-credit', 1, NoteCreditData, {
  about: "A credit memo for a partner's account, carried from the account's lane to the partner's.",
  key: (data) => data.credit.documentId,
  lane: bySelf((data) => data.partner),
  travels: 'private',
});
