/** Amounts, quantities and prices of UBL: the currency and the unit stand in attributes. */
import type { AllowanceCharge, Money, Quantity, TaxSubtotal } from '../../canonical/shapes.js';
import { filled } from '../../canonical/filled.js';
import { moneyOf, sumOf } from '../amounts.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { decimalAt, flagAt, unreadable, type Reading } from '../xml/typed.js';

/** Of a quantity whose sender left the unit out: a piece. */
export const DEFAULT_UNIT = 'EA';

/** `currencyID` is required by UBL; without one the amount is in the document's currency. */
export const moneyAt = (reading: Reading, element: XmlElement | undefined, ...path: string[]): Money | undefined => {
  const found = elementAt(element, ...path);
  const text = found?.text.trim();
  if (!found || !text) return undefined;
  const currency = found.attributes.currencyID ?? currencyOf(found);
  return (
    moneyOf(text, currency) ?? unreadable(reading, found, 'number-unreadable', `amount of ${currency ?? 'a currency'}`)
  );
};
const currencyOf = (element: XmlElement): string | undefined => {
  let root = element;
  while (root.parent) root = root.parent;
  return textAt(root, 'DocumentCurrencyCode');
};

/** The partner's own units first; UBL's are UN/ECE Rec 20 already. */
export const quantityAt = (
  reading: Reading,
  element: XmlElement | undefined,
  ...path: string[]
): Quantity | undefined => {
  const found = elementAt(element, ...path);
  const value = decimalAt(reading, found);
  if (!found || value === undefined) return undefined;
  const sent = found.attributes.unitCode?.trim() || undefined;
  const ours = sent && Object.hasOwn(reading.context.units, sent) ? reading.context.units[sent] : sent;
  return filled<Quantity>({ value, unit: ours ?? DEFAULT_UNIT, sentUnit: ours === sent ? undefined : sent });
};

/** cac:Price: what `per` of the base unit cost. */
export const priceAt = (reading: Reading, element: XmlElement | undefined): { unitPrice?: string; per?: string } => {
  const unitPrice = decimalAt(reading, element, 'Price', 'PriceAmount');
  const per = decimalAt(reading, element, 'Price', 'BaseQuantity');
  return filled({ unitPrice, per: per === '1' ? undefined : per });
};

export const allowanceChargesOf = (reading: Reading, element: XmlElement): readonly AllowanceCharge[] =>
  childrenOf(element, 'AllowanceCharge').flatMap((one) => {
    const amount = moneyAt(reading, one, 'Amount');
    if (!amount) return [];
    return filled<AllowanceCharge>({
      charge: flagAt(reading, one, 'ChargeIndicator') ?? false,
      code: textAt(one, 'AllowanceChargeReasonCode'),
      reason: textAt(one, 'AllowanceChargeReason'),
      amount,
    });
  });

/**
 * UBL has a TaxTotal for each tax scheme. With a TaxCurrencyCode one more repeats the VAT in the currency of accounting,
 * which may be the document's: it has no subtotals (EN 16931, BT-111).
 */
const taxTotalsOf = (element: XmlElement): readonly XmlElement[] => {
  const all = childrenOf(element, 'TaxTotal');
  const currencyIn = (one: XmlElement | undefined) => elementAt(one, 'TaxAmount')?.attributes.currencyID;
  const currency = currencyOf(element) ?? currencyIn(all[0]);
  const own = all.filter((one) => [undefined, currency].includes(currencyIn(one)));
  const totals = own.length > 0 ? own : all.slice(0, 1);
  if (textAt(element, 'TaxCurrencyCode') === undefined) return totals;
  const detailed = totals.filter((one) => elementAt(one, 'TaxSubtotal'));
  return detailed.length > 0 ? detailed : totals.slice(0, 1);
};
export const taxOf = (reading: Reading, element: XmlElement): Money | undefined =>
  sumOf(taxTotalsOf(element).flatMap((one) => moneyAt(reading, one, 'TaxAmount') ?? []));
/** What is withheld of the amount to be paid. */
export const withheldOf = (reading: Reading, element: XmlElement): Money | undefined =>
  sumOf(childrenOf(element, 'WithholdingTaxTotal').flatMap((one) => moneyAt(reading, one, 'TaxAmount') ?? []));
export const taxSubtotalsOf = (reading: Reading, element: XmlElement): readonly TaxSubtotal[] =>
  taxTotalsOf(element).flatMap((total) =>
    childrenOf(total, 'TaxSubtotal').flatMap((one) => {
      const tax = moneyAt(reading, one, 'TaxAmount');
      if (!tax) return [];
      return filled<TaxSubtotal>({
        category: textAt(one, 'TaxCategory', 'ID'),
        percent: decimalAt(reading, one, 'TaxCategory', 'Percent') ?? decimalAt(reading, one, 'Percent'),
        taxable: moneyAt(reading, one, 'TaxableAmount'),
        tax,
      });
    }),
  );
