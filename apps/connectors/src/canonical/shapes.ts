/** Parts that canonical documents share. Words are UBL 2.1's; what a partner sent stays as it was sent. */

/** UTC instant, moment with its offset, or local date-time without a zone: local is kept local, never stamped `Z`. */
export type LocalDateTime = string;
/** Calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** Decimal string, sign allowed: `2.5`, `-3`. */
export type DecimalText = string;

/** An identifier with what issued it: `GLN`, `DUNS`, `9` (X12 qualifier as sent), `0088` (ISO 6523) ... */
export interface Identifier {
  readonly scheme?: string;
  readonly value: string;
}
export interface PostalAddress {
  readonly lines?: readonly string[];
  readonly city?: string;
  readonly region?: string;
  readonly postcode?: string;
  /** ISO 3166 alpha-2 when it could be told */
  readonly country?: string;
}
/** cac:Party. `gln` stands apart because it needs no agreement; every other id stands in `ids`. */
export interface Party {
  readonly ids?: readonly Identifier[];
  readonly gln?: string;
  readonly name?: string;
  readonly address?: PostalAddress;
  readonly contact?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly taxId?: string;
}
/** cac:Item: the same article under everybody's number. */
export interface Item {
  readonly buyerItem?: string;
  readonly sellerItem?: string;
  readonly manufacturerItem?: string;
  /** GTIN-8 to GTIN-14 as sent */
  readonly gtin?: string;
  readonly ids?: readonly Identifier[];
  readonly description?: string;
}
/** `unit` is UN/ECE Rec 20; `sentUnit` the partner's code where it was another. */
export interface Quantity {
  readonly value: DecimalText;
  readonly unit: string;
  readonly sentUnit?: string;
}
/** Integer minor units of a currency: 12.34 EUR is `{ minor: 1234, currency: 'EUR' }`. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}
/** cac:AllowanceCharge. `code` UNCL 5189/7161 or as sent. */
export interface AllowanceCharge {
  readonly charge: boolean;
  readonly code?: string;
  readonly reason?: string;
  readonly amount: Money;
}
/** cac:TaxSubtotal. `category` UNCL 5305 (S, Z, E, AE ...). */
export interface TaxSubtotal {
  readonly category?: string;
  readonly percent?: DecimalText;
  readonly taxable?: Money;
  readonly tax: Money;
}
/** A business document that another one names. `kind`: `order`, `despatch`, `contract`, `invoice` ... */
export interface Reference {
  readonly kind: string;
  readonly number: string;
  readonly day?: Day;
}
