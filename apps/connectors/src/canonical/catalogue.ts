/** The canonical catalogue (UBL 2.1 Catalogue): X12 832, EDIFACT PRICAT, products of shops and items of an ERP. */
import type { Day, DecimalText, Item, Money, Party, Quantity, Reference } from './shapes.js';

export interface CataloguePrice {
  /** price as sent, up to 6 places */
  readonly price: DecimalText;
  readonly currency?: string;
  readonly per?: DecimalText;
  readonly unit?: string;
  /** from this quantity on */
  readonly minimum?: Quantity;
  /** CTP02, PRI qualifier, cbc:PriceTypeCode as sent */
  readonly type?: string;
  readonly from?: Day;
  readonly to?: Day;
}
export interface CanonicalCatalogueLine {
  readonly lineNo: string;
  /** `add`, `update`, `delete`; left out when not said */
  readonly action?: string;
  readonly item: Item;
  readonly brand?: string;
  readonly orderable?: boolean;
  readonly unit?: string;
  readonly minimum?: Quantity;
  readonly maximum?: Quantity;
  readonly prices: readonly CataloguePrice[];
  readonly taxCategory?: string;
  readonly taxPercent?: DecimalText;
  readonly value?: Money;
  readonly note?: string;
}
export interface CanonicalCatalogue {
  readonly number: string;
  readonly name?: string;
  readonly action?: string;
  readonly issued?: Day;
  readonly from?: Day;
  readonly to?: Day;
  readonly currency?: string;
  readonly provider?: Party;
  readonly receiver?: Party;
  readonly seller?: Party;
  readonly references?: readonly Reference[];
  readonly lines: readonly CanonicalCatalogueLine[];
  readonly notes?: readonly string[];
}
