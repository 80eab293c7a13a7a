import {
  IsItemNo,
  IsKey,
  IsMinor,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsPercent,
  IsUnit,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** What a line stands for: goods that move stock, freight revenue (4050), or another charge (4060). */
export const LINE_KINDS = ['goods', 'freight', 'charge'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** A line of an accepted order: priced, in whole base units, with its tax. Amounts in minor units. */
export class PricedLine {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsOneOf(LINE_KINDS) kind!: LineKind;
  @IsItemNo() item!: string;
  @Optional() @IsNote() description?: string;
  /** base units; for charges the count they were billed with */
  @IsUnits() quantity!: number;
  @IsUnit() unit!: string;
  @IsUnitPrice() unitPrice!: string;
  /** quantity x unitPrice, rounded once, half up */
  @IsMinor() net!: number;
  @IsPercent() taxPercent!: string;
  @IsMinor() tax!: number;
  /** fulfilment node; goods only */
  @Optional() @IsNodeId() node?: string;
  @Optional() @IsKey() customerLineNo?: string;
}

/** An order line and a number of base units of it. */
export class LineQuantity {
  @IsWhole(1, 1_000_000) lineNo!: number;
  @IsItemNo() item!: string;
  @IsUnits() quantity!: number;
}

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
