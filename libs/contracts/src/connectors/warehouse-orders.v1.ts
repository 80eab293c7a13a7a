/** Warehouses of ours that trading partners run: who runs which from when to when, and what they are asked to ship. */
import { accountLane, byAccount, bySelf, defineCommand, defineEvent } from '../language/define.js';
import { IsInstant, IsKey, IsListOf, IsNodeId, IsNote, IsOneOf, IsWhole, Optional } from '../language/fields.js';
import { FulfilmentData, RequestFulfilmentData } from '../shipments/fulfilment.v1.js';
import { Validity } from './partners.v1.js';

/** Days on which a partner runs a warehouse, by its agreements about warehouse orders that name the node. */
export class WarehousePartnerChangedData {
  @IsNodeId() node!: string;
  @IsKey('partner') partner!: string;
  /** version of the partner's profile that says so; a higher one replaces all that a lower one said */
  @IsWhole(1) profileVersion!: number;
  @IsInstant() savedAt!: string;
  /** none: it runs it no more, and never has as far as it matters from now on */
  @IsListOf(Validity, 1000) periods!: Validity[];
}
export const WarehousePartnerChanged = defineEvent(
  'connectors',
  'warehouse-partner-changed',
  1,
  WarehousePartnerChangedData,
  {
    about: 'From when to when a trading partner runs the warehouse of a node.',
    key: (data) => data.node,
    lane: bySelf((data) => data.node),
  },
);

export class SendWarehouseOrderData extends RequestFulfilmentData {
  @IsKey('partner') partner!: string;
  @Optional() @IsKey('customerPo') customerPo?: string;
  /** counted for each fulfilment order: a person may have a refused one sent again */
  @IsWhole(1, 1000) attempt!: number;
}
export const SendWarehouseOrder = defineCommand('connectors', 'send-warehouse-order', 1, SendWarehouseOrderData, {
  about: 'A partner that runs a warehouse is asked to ship (X12 940); answered by warehouse-order-answered.',
  key: (data) => data.fulfilmentId,
  lane: bySelf((data) => data.partner),
});

export class WarehouseOrderAnsweredData extends FulfilmentData {
  @IsKey('partner') partner!: string;
  @IsWhole(1, 1000) attempt!: number;
  /** done: the partner has it, and has acknowledged it where it is to */
  @IsOneOf(['done', 'refused']) outcome!: 'done' | 'refused';
  /** number of the order document as the partner knows it */
  @Optional() @IsKey('wmsRef') wmsRef?: string;
  @Optional() @IsNote(1000) text?: string;
}
export const WarehouseOrderAnswered = defineEvent(
  'connectors',
  'warehouse-order-answered',
  1,
  WarehouseOrderAnsweredData,
  {
    about: 'A partner that runs a warehouse has taken the order to ship, or it could not be given to it.',
    key: (data) => data.fulfilmentId,
    lane: byAccount((data) => accountLane(data.account, data.orderId)),
  },
);
