import { Address } from '../canonical/address.js';
import { LINE_KINDS, type LineKind } from '../canonical/line.js';
import { accountLane, byAccount, defineCommand } from '../language/define.js';
import {
  IsA,
  IsAccountNo,
  IsCurrency,
  IsDay,
  IsDecimal,
  IsFlag,
  IsInstant,
  IsItemNo,
  IsKey,
  IsLines,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsUnit,
  IsUnitPrice,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** A line as the channel sent it. */
export class SubmittedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  /** our item number; for freight and charges the code they are billed under */
  @IsItemNo() item!: string;
  /** goods when left out */
  @Optional() @IsOneOf(LINE_KINDS) kind?: LineKind;
  @Optional() @IsNote() description?: string;
  @IsDecimal() quantity!: string;
  /** UN/ECE Rec 20; the item's base unit when left out */
  @Optional() @IsUnit() unit?: string;
  /** agreed price; the customer's price list decides when left out */
  @Optional() @IsUnitPrice() unitPrice?: string;
  /** fulfilment node; sourced by item when left out */
  @Optional() @IsNodeId() node?: string;
  @Optional() @IsKey() customerLineNo?: string;
}

/** The canonical order (UBL 2.1 Order), whatever channel it came by. Identity: tenant, channel, document number. */
export class OrderDocument {
  /** the buyer's or channel's number of the document; our order number */
  @IsOrderNo() documentNo!: string;
  @IsAccountNo() account!: string;
  @Optional() @IsKey('customerPo') customerPo?: string;
  @IsCurrency() currency!: string;
  /** business date; journals are posted on it. Today when left out */
  @Optional() @IsDay() orderDate?: string;
  @Optional() @IsDay() requestedDate?: string;
  @IsA(Address) shipTo!: Address;
  /** what a shortage does: wait for stock, or refuse the order */
  @Optional() @IsOneOf(['allowed', 'refused']) backorders?: 'allowed' | 'refused';
  /** true: nothing leaves until everything can */
  @Optional() @IsFlag() shipComplete?: boolean;
  /** kept back until then; may be cancelled meanwhile */
  @Optional() @IsInstant() releaseNotBefore?: string;
  /** 0 most urgent, 9 least; 5 when left out */
  @Optional() @IsWhole(0, 9) priority?: number;
  @IsLines(SubmittedLine) lines!: SubmittedLine[];
}

export class SubmitOrderData extends OrderDocument {
  @IsOrderId() orderId!: string;
  @IsKey('channel') channel!: string;
  /** hash of the document's content, to tell a repetition from a change */
  @IsKey() contentHash!: string;
  /** row of the file or id of the webhook that it came by */
  @Optional() @IsNote() source?: string;
  /** it was put aside before: once it is taken, its case is over */
  @Optional() @IsFlag() parked?: boolean;
  /** days after today that the order date may lie in, by the setting of who takes it; any when left out */
  @Optional() @IsWhole(0, 36_500) daysAhead?: number;
}
export const SubmitOrder = defineCommand('orders', 'submit-order', 1, SubmitOrderData, {
  about: 'An order arrives by any channel: HTTP, file or shop webhook.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'door',
});
