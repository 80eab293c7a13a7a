/** What a trading partner that runs a warehouse says it has on hand, held against our books. */
import { MadeBy } from '../canonical/made-by.js';
import { byNode, defineCommand, defineEvent } from '../language/define.js';
import {
  IsA,
  IsDelta,
  IsInstant,
  IsItemNo,
  IsKey,
  IsListOf,
  IsNodeId,
  IsOneOf,
  IsShort,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';

export class ReportedStock {
  @IsItemNo() item!: string;
  /** all that lies there, claimed, picked, held or not */
  @IsUnits() onHand!: number;
}
export const REPORT_POLICIES = ['compare', 'adjust'] as const;
export type ReportPolicy = (typeof REPORT_POLICIES)[number];
/** Items that it does not name are not compared. Identity: node, document number. */
export class TakeStockReportData {
  @IsNodeId() node!: string;
  /** the partner and its number of the report: `<partner>/<number>` */
  @IsKey('movementDocument') documentNo!: string;
  /** when it was true by the partner's clock, as it told it: only an order among its reports */
  @Optional() @IsShort(40) asOf?: string;
  @IsInstant() occurredAt!: string;
  @IsOneOf(REPORT_POLICIES) policy!: ReportPolicy;
  @IsListOf(ReportedStock, 20_000, 1) lines!: ReportedStock[];
  @IsKey('channel') channel!: string;
  @IsKey('document') sourceId!: string;
  @Optional() @IsA(MadeBy) madeBy?: MadeBy;
}
export const TakeStockReport = defineCommand('inventory', 'take-stock-report', 1, TakeStockReportData, {
  about: 'A trading partner tells what it has on hand for us; answered by document-booked.',
  key: (data) => data.documentNo,
  lane: byNode((data) => data.node),
});

/** Why report and books may differ, judged by what is under way. */
export const DIFFERENCE_CAUSES = ['shipment-not-told', 'receipt-not-told', 'pick-short', 'unexplained'] as const;
export type DifferenceCause = (typeof DIFFERENCE_CAUSES)[number];
export class StockDifference {
  @IsItemNo() item!: string;
  @IsUnits() reported!: number;
  /** sellable, picked and quarantine on our books */
  @IsUnits() onHand!: number;
  /** reported less on hand */
  @IsDelta() difference!: number;
  @IsOneOf(DIFFERENCE_CAUSES) cause!: DifferenceCause;
}
export class StockComparedData {
  @IsNodeId() node!: string;
  @IsKey('channel') channel!: string;
  @IsKey('movementDocument') documentNo!: string;
  /** items that were compared */
  @IsWhole() items!: number;
  @IsWhole() adjusted!: number;
  /** what differs still */
  @IsListOf(StockDifference, 20_000) differences!: StockDifference[];
}
export const StockCompared = defineEvent('inventory', 'stock-compared', 1, StockComparedData, {
  about: "A partner's report of stock was held against our books: what differs, and what was adjusted.",
  key: (data) => data.node,
  lane: byNode((data) => data.node),
});
