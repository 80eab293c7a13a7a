/**
 * What a trading partner that runs a warehouse of ours tells by document: what it picked and shipped of a fulfilment
 * order, in one word (X12 945, EDIFACT DESADV, UBL DespatchAdvice). Answered, because nobody waits at a door.
 */
import { partnerOf } from '../canonical/identity.js';
import { MadeBy } from '../canonical/made-by.js';
import { bySelf, defineCommand, defineEvent, accountLane, byAccount } from '../language/define.js';
import {
  IsA,
  IsFlag,
  IsInstant,
  IsItemNo,
  IsKey,
  IsListOf,
  IsOneOf,
  IsTexts,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { OrderRefusal } from '../orders/events.v1.js';
import { FulfilmentData } from './fulfilment.v1.js';

/** An item and a number of base units of it, as a line of the document tells them. */
export class AdvisedRow {
  /** which line of the document, from 0: a refusal names it */
  @IsWhole(0, 100_000) place!: number;
  @IsItemNo() item!: string;
  /** our line, where the document names it; else the lines of the item are taken in their order */
  @Optional() @IsWhole(1, 1_000_000) lineNo?: number;
  @IsUnits() quantity!: number;
}
export class AdvisedContent extends AdvisedRow {
  @Optional() @IsKey('lot') lot?: string;
  @Optional() @IsTexts(1000) serials?: string[];
}
export class AdvisedPackage {
  /** GS1 Serial Shipping Container Code, 18 digits */
  @Optional() @IsKey('sscc') sscc?: string;
  @IsKey('trackingNo') trackingNo!: string;
  @IsKey('carrier') carrier!: string;
  @Optional() @IsWhole(0) weightGrams?: number;
  @IsListOf(AdvisedContent, 5000, 1) contents!: AdvisedContent[];
}
/** Of one fulfilment order. Identity: fulfilment and document number. */
export class ShippingAdvice extends FulfilmentData {
  /** the partner and its number of the document: `<partner>/<number>` */
  @IsKey('dispatchDocument') documentNo!: string;
  /** what left; none when nothing did */
  @IsListOf(AdvisedPackage, 1000) packages!: AdvisedPackage[];
  /** what was not found and will not follow */
  @IsListOf(AdvisedRow, 5000) short!: AdvisedRow[];
  /** nothing follows: whatever is open and did not leave is short */
  @Optional() @IsFlag() complete?: boolean;
}
export class TakeShippingAdviceData extends ShippingAdvice {
  @IsInstant() occurredAt!: string;
  /** whose document it is: `partner-<id>` */
  @IsKey('channel') channel!: string;
  /** the document that the answer names */
  @IsKey('document') sourceId!: string;
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const TakeShippingAdvice = defineCommand('shipments', 'take-shipping-advice', 1, TakeShippingAdviceData, {
  about: "A partner's warehouse tells what it picked and shipped; answered by shipping-advice-answered.",
  key: (data) => data.fulfilmentId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
});

export class ShippingAdviceAnsweredData extends FulfilmentData {
  @IsKey('document') sourceId!: string;
  @IsKey('channel') channel!: string;
  @IsKey('dispatchDocument') documentNo!: string;
  @IsOneOf(['done', 'refused']) outcome!: 'done' | 'refused';
  /** why it is refused, `lines[<place>]` of the document as field; none when it is done */
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
}
export const ShippingAdviceAnswered = defineEvent(
  'shipments',
  'shipping-advice-answered',
  1,
  ShippingAdviceAnsweredData,
  {
    about: "A partner's shipping advice is booked as picked and shipped, or could not be.",
    key: (data) => data.sourceId,
    lane: bySelf((data) => partnerOf(data.channel) ?? data.channel),
  },
);
