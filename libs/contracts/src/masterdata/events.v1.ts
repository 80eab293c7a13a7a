import { bySelf, byAccount, defineEvent } from '../language/define.js';
import {
  IsAccountNo,
  IsCountry,
  IsCurrency,
  IsItemNo,
  IsKey,
  IsListOf,
  IsMinor,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsPercent,
  IsText,
  IsTexts,
  IsUnit,
  IsUnitPrice,
  IsUnits,
  IsWhole,
  Optional,
  Personal,
} from '../language/fields.js';

/** A customer account as the ERP rules it. */
export class CustomerChangedData {
  @IsAccountNo() account!: string;
  @IsText() @Personal() legalName!: string;
  @IsOneOf(['active', 'hold', 'blocked', 'closed']) status!: 'active' | 'hold' | 'blocked' | 'closed';
  @IsKey('entity') entity!: string;
  @IsCurrency() currency!: string;
  /** minor units; left out: no credit account (guests pay first) */
  @Optional() @IsMinor() creditLimit?: number;
  @IsKey() priceList!: string;
  /** `as-sent`: prices on orders are agreed prices; `list`: the price list decides and a differing price is refused */
  @IsOneOf(['as-sent', 'list']) pricing!: 'as-sent' | 'list';
  /** tax category of the account: standard rate, or zero-rated */
  @IsOneOf(['standard', 'zero']) taxCategory!: 'standard' | 'zero';
  /** countries that may be shipped to; empty: every country */
  @IsTexts(250) shipToCountries!: string[];
  /** default for orders that do not say */
  @IsOneOf(['allowed', 'refused']) backorders!: 'allowed' | 'refused';
  @IsWhole(1) version!: number;
}
export const CustomerChanged = defineEvent('masterdata', 'customer-changed', 1, CustomerChangedData, {
  about: 'A customer account is new or has changed.',
  key: (data) => data.account,
  lane: byAccount((data) => data.account),
});

export class ItemUnit {
  @IsUnit() unit!: string;
  /** base units in one of these = numerator / denominator */
  @IsWhole(1) numerator!: number;
  @IsWhole(1) denominator!: number;
}
export class ListPrice {
  @IsKey() priceList!: string;
  @IsCurrency() currency!: string;
  @IsUnitPrice() price!: string;
}
/** What a channel may sell of an item: nodes that count, what is kept back, its share. */
export class ChannelRule {
  @IsKey('channel') channel!: string;
  /** eligible nodes; empty: all */
  @IsTexts(100) nodes!: string[];
  /** base units kept back at each node */
  @IsUnits() safetyStock!: number;
  @IsPercent() sharePercent!: string;
  /** base units kept back for others, after the share */
  @IsUnits() hold!: number;
  @Optional() @IsUnits() maximumShown?: number;
}
export class ItemChangedData {
  @IsItemNo() item!: string;
  @IsNote() description!: string;
  @IsUnit() baseUnit!: string;
  @IsListOf(ItemUnit, 20) units!: ItemUnit[];
  @IsOneOf(['active', 'blocked']) status!: 'active' | 'blocked';
  /** cost of one base unit */
  @IsUnitPrice() cost!: string;
  /** nodes that stock it, preferred first */
  @IsTexts(100) nodes!: string[];
  @IsListOf(ListPrice, 100) prices!: ListPrice[];
  @IsListOf(ChannelRule, 50) channels!: ChannelRule[];
  @IsWhole(1) version!: number;
}
export const ItemChanged = defineEvent('masterdata', 'item-changed', 1, ItemChangedData, {
  about: 'An item is new or has changed.',
  key: (data) => data.item,
  lane: bySelf((data) => data.item),
});

export class NodeChangedData {
  @IsNodeId() node!: string;
  @IsText() name!: string;
  @IsKey('entity') entity!: string;
  @IsCountry() country!: string;
  @IsOneOf(['active', 'closed']) status!: 'active' | 'closed';
  @IsWhole(1) version!: number;
}
export const NodeChanged = defineEvent('masterdata', 'node-changed', 1, NodeChangedData, {
  about: 'A fulfilment node is new or has changed.',
  key: (data) => data.node,
  lane: bySelf((data) => data.node),
});

export class TaxRate {
  /** ISO 3166 alpha-2, `*` for every other country */
  @IsKey() country!: string;
  @IsOneOf(['standard', 'zero']) category!: 'standard' | 'zero';
  @IsPercent() percent!: string;
}
export class EntityChangedData {
  @IsKey('entity') entity!: string;
  @IsText() legalName!: string;
  @IsCountry() country!: string;
  @IsCurrency() currency!: string;
  @IsListOf(TaxRate, 500) taxRates!: TaxRate[];
  /** prefix of invoice numbers */
  @IsKey() invoicePrefix!: string;
  @IsKey() creditMemoPrefix!: string;
  @IsWhole(1) version!: number;
}
export const EntityChanged = defineEvent('masterdata', 'entity-changed', 1, EntityChangedData, {
  about: 'A legal entity is new or has changed.',
  key: (data) => data.entity,
  lane: bySelf((data) => data.entity),
});
