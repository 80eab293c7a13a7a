import { bySelf, defineCommand } from '../language/define.js';
import {
  IsItemNo,
  IsKey,
  IsListOf,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsUnit,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { OrderRefusal } from '../orders/events.v1.js';

/** What became of a line, in base units: what is held for it and what waits for stock. */
export class AnsweredLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @Optional() @IsKey() customerLineNo?: string;
  @IsItemNo() item!: string;
  @IsUnits() ordered!: number;
  @IsUnits() backordered!: number;
  @IsUnit() unit!: string;
  @IsUnitPrice() unitPrice!: string;
}
export class NoteOrderData {
  @IsKey('partner') partner!: string;
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  /** taken: it exists; answered: every line is held or waits; cancelled: before anything left */
  @IsOneOf(['taken', 'refused', 'answered', 'cancelled']) what!: 'taken' | 'refused' | 'answered' | 'cancelled';
  @IsListOf(OrderRefusal, 1000) refusals!: OrderRefusal[];
  @IsListOf(AnsweredLine) lines!: AnsweredLine[];
  @Optional() @IsNote(200) text?: string;
}
export const NoteOrder = defineCommand('connectors', 'note-order', 1, NoteOrderData, {
  about: "What became of a partner's order, carried from its account's lane to its partner's.",
  key: (data) => data.orderId,
  lane: bySelf((data) => data.partner),
  travels: 'private',
});
