import { Address } from '../canonical/address.js';
import { LineQuantity, PricedLine } from '../canonical/line.js';
import { accountLane, byAccount, defineEvent } from '../language/define.js';
import {
  IsA,
  IsAccountNo,
  IsCountry,
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
  IsText,
  IsTexts,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { LINE_KINDS, type LineKind } from '../canonical/line.js';

/** What every event of an order says of it. */
export class OrderEventData {
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  @IsAccountNo() account!: string;
}
const ofOrder = {
  key: (data: OrderEventData) => data.orderId,
  lane: byAccount((data: OrderEventData) => accountLane(data.account, data.orderId)),
};

/** An order in whose place another one was taken. */
export class ReplacedOrder {
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  /** the partner's document that wanted it changed */
  @Optional() @IsKey('amendment') amendmentId?: string;
}
export class OrderCreatedData extends OrderEventData {
  @IsKey('channel') channel!: string;
  @Optional() @IsKey('customerPo') customerPo?: string;
  @IsKey('entity') entity!: string;
  @IsCurrency() currency!: string;
  @IsDay() orderDate!: string;
  @IsA(Address) shipTo!: Address;
  @IsLines(PricedLine) lines!: PricedLine[];
  @IsMinor() net!: number;
  @IsMinor() tax!: number;
  @IsMinor() gross!: number;
  /** it is a changed order, taken in the place of the one that it names */
  @Optional() @IsA(ReplacedOrder) replaces?: ReplacedOrder;
}
export const OrderCreated = defineEvent('orders', 'order-created', 1, OrderCreatedData, {
  about: 'An order is durable: every check passed, credit is taken.',
  ...ofOrder,
});

export class OrderRefusal {
  @IsKey() reason!: string;
  @Optional() @IsNote(200) field?: string;
  @Optional() @IsNote(1000) text?: string;
  /** the customer's number of the line that it is about */
  @Optional() @IsKey() customerLineNo?: string;
}
export class OrderRejectedData extends OrderEventData {
  /** channel of an order that never came to be */
  @Optional() @IsKey('channel') channel?: string;
  @IsListOf(OrderRefusal, 5000, 1) refusals!: OrderRefusal[];
}
export const OrderRejected = defineEvent('orders', 'order-rejected', 1, OrderRejectedData, {
  about: 'An order is refused, with a code per failed check, by a check or for good by the ERP.',
  ...ofOrder,
});

/** Terms an order is billed by; finance keeps them. */
export class OrderAcceptedData extends OrderEventData {
  @IsKey('entity') entity!: string;
  @IsCurrency() currency!: string;
  @IsDay() orderDate!: string;
  @IsCountry() country!: string;
  @IsTexts(100) erpOrderNos!: string[];
  @IsLines(PricedLine) lines!: PricedLine[];
}
export const OrderAccepted = defineEvent('orders', 'order-accepted', 1, OrderAcceptedData, {
  about: 'Every node has answered and the ERP has registered the order; its terms are fixed.',
  ...ofOrder,
});

export class ErpOrderRegisteredData extends OrderEventData {
  @IsTexts(100) erpOrderNos!: string[];
}
export const ErpOrderRegistered = defineEvent('orders', 'erp-order-registered', 1, ErpOrderRegisteredData, {
  about: 'The ERP knows the order under its own numbers.',
  ...ofOrder,
});

export class OrderLinesData extends OrderEventData {
  @IsListOf(LineQuantity) lines!: LineQuantity[];
}
export const OrderAllocated = defineEvent('orders', 'order-allocated', 1, OrderLinesData, {
  about: 'Every open line has its stock, held hard.',
  ...ofOrder,
});

export class BackorderedLine extends LineQuantity {
  @IsNodeId() node!: string;
}
export class BackorderCreatedData extends OrderEventData {
  /** what each line waits for; ordered quantities stay as they were */
  @IsListOf(BackorderedLine, 5000, 1) lines!: BackorderedLine[];
}
export const BackorderCreated = defineEvent('orders', 'backorder-created', 1, BackorderCreatedData, {
  about: 'Part of an order waits for stock.',
  ...ofOrder,
});

/** One fulfilment order: what one node is to ship. No prices. */
export class OrderReleasedData extends OrderEventData {
  @IsKey('fulfilment') fulfilmentId!: string;
  @IsNodeId() node!: string;
  @IsA(Address) shipTo!: Address;
  @Optional() @IsKey('customerPo') customerPo?: string;
  @IsListOf(LineQuantity, 5000, 1) lines!: LineQuantity[];
}
export const OrderReleased = defineEvent('orders', 'order-released', 1, OrderReleasedData, {
  about: 'A fulfilment order goes to its node.',
  ...ofOrder,
});

export const OrderPartiallyShipped = defineEvent(
  'orders',
  'order-partially-shipped',
  1,
  class OrderPartiallyShippedData extends OrderLinesData {},
  {
    about: 'Part of an order has left.',
    ...ofOrder,
  },
);
export const OrderShipped = defineEvent(
  'orders',
  'order-shipped',
  1,
  class OrderShippedData extends OrderEventData {},
  {
    about: 'Everything that is not cancelled has left.',
    ...ofOrder,
  },
);
export const OrderDelivered = defineEvent(
  'orders',
  'order-delivered',
  1,
  class OrderDeliveredData extends OrderEventData {},
  {
    about: 'Everything shipped has arrived.',
    ...ofOrder,
  },
);
export class OrderInvoicedData extends OrderEventData {
  @IsMinor() net!: number;
  @IsMinor() tax!: number;
}
export const OrderInvoiced = defineEvent('orders', 'order-invoiced', 1, OrderInvoicedData, {
  about: 'Everything billable is on invoices that the ERP has posted.',
  ...ofOrder,
});
export const OrderClosed = defineEvent('orders', 'order-closed', 1, class OrderClosedData extends OrderEventData {}, {
  about: 'All shipped, delivered, invoiced and posted; nothing is open.',
  ...ofOrder,
});
export class OrderCancelledData extends OrderEventData {
  @IsText(200) reason!: string;
  @IsListOf(LineQuantity) lines!: LineQuantity[];
  /** the order that was taken in its place, when it was changed */
  @Optional() @IsOrderId() replacedBy?: string;
}
export const OrderCancelled = defineEvent('orders', 'order-cancelled', 1, OrderCancelledData, {
  about: 'An order is cancelled before release; stock and credit are free again.',
  ...ofOrder,
});

export class CreditedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsOneOf(LINE_KINDS) kind!: LineKind;
  @IsItemNo() item!: string;
  @IsUnits() quantity!: number;
  @IsUnitPrice() unitPrice!: string;
  @IsMinor() net!: number;
  @IsPercent() taxPercent!: string;
  @IsMinor() tax!: number;
}
export class ReturnReceivedData {
  @IsKey('return') returnId!: string;
  @IsKey('returnNo') returnNo!: string;
  @IsAccountNo() account!: string;
  @IsKey('entity') entity!: string;
  @IsCurrency() currency!: string;
  @IsDay() returnDate!: string;
  @IsNodeId() node!: string;
  @IsFlag() referenced!: boolean;
  @IsLines(CreditedLine) lines!: CreditedLine[];
}
export const ReturnReceived = defineEvent('orders', 'return-received', 1, ReturnReceivedData, {
  about: 'Goods or charges are given back; they are to be credited.',
  key: (data) => data.returnId,
  lane: byAccount((data) => accountLane(data.account, data.returnId)),
});

export class DocumentParkedData {
  @IsKey('document') documentId!: string;
  @IsKey('channel') channel!: string;
  @IsKey('documentNo') documentNo!: string;
  @IsKey() reason!: string;
  @IsNote(1000) text!: string;
  @IsInstant() parkedAt!: string;
}
export const DocumentParked = defineEvent('orders', 'document-parked', 1, DocumentParkedData, {
  about: 'A document could not be taken and waits for a person.',
  key: (data) => data.documentId,
  lane: byAccount((data) => data.documentId),
});
