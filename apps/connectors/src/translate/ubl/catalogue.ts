/** UBL Catalogue. */
import type { CanonicalCatalogue, CanonicalCatalogueLine, CataloguePrice } from '../../canonical/catalogue.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { dayAt, decimalAt, flagAt, type Reading } from '../xml/typed.js';
import { quantityAt } from './amounts.js';
import { itemOf, notesOf, partyOf, referencesOf } from './parties.js';

const priceOf = (reading: Reading, priced: XmlElement): CataloguePrice | undefined => {
  const price = elementAt(priced, 'Price') ?? priced;
  const amount = decimalAt(reading, price, 'PriceAmount');
  if (amount === undefined) return undefined;
  const per = decimalAt(reading, price, 'BaseQuantity');
  const period = elementAt(price, 'ValidityPeriod') ?? elementAt(priced, 'ValidityPeriod');
  return filled<CataloguePrice>({
    price: amount,
    currency: elementAt(price, 'PriceAmount')?.attributes.currencyID,
    per: per === '1' ? undefined : per,
    unit: quantityAt(reading, price, 'BaseQuantity')?.unit,
    minimum: quantityAt(reading, priced, 'MinimumQuantity'),
    type: textAt(price, 'PriceTypeCode'),
    from: dayAt(reading, period, 'StartDate'),
    to: dayAt(reading, period, 'EndDate'),
  });
};

const lineOf = (reading: Reading, line: XmlElement, index: number): CanonicalCatalogueLine => {
  const tax = elementAt(line, 'Item', 'ClassifiedTaxCategory');
  const priced = [...childrenOf(line, 'RequiredItemLocationQuantity'), ...childrenOf(line, 'Price')];
  return filled<CanonicalCatalogueLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      action: textAt(line, 'ActionCode')?.toLowerCase(),
      item: itemOf(elementAt(line, 'Item')),
      brand: textAt(line, 'Item', 'BrandName'),
      orderable: flagAt(reading, line, 'OrderableIndicator'),
      unit: textAt(line, 'OrderableUnit'),
      minimum: quantityAt(reading, line, 'MinimumOrderQuantity'),
      maximum: quantityAt(reading, line, 'MaximumOrderQuantity'),
      prices: priced.flatMap((one) => priceOf(reading, one) ?? []),
      taxCategory: textAt(tax, 'ID'),
      taxPercent: decimalAt(reading, tax, 'Percent'),
      note: textsOf(line, 'Note').join('\n') || undefined,
    },
    'item',
    'prices',
  );
};

export const readCatalogue = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const lines = childrenOf(root, 'CatalogueLine');
  const period = elementAt(root, 'ValidityPeriod');
  const data = filled<CanonicalCatalogue>(
    {
      number: textAt(root, 'ID') ?? '',
      name: textAt(root, 'Name'),
      action: textAt(root, 'ActionCode')?.toLowerCase(),
      issued: dayAt(reading, root, 'IssueDate'),
      from: dayAt(reading, period, 'StartDate'),
      to: dayAt(reading, period, 'EndDate'),
      currency: textAt(root, 'DocumentCurrencyCode') ?? textAt(root, 'PricingCurrencyCode'),
      provider: partyOf(elementAt(root, 'ProviderParty')),
      receiver: partyOf(elementAt(root, 'ReceiverParty')),
      seller: partyOf(elementAt(root, 'SellerSupplierParty')),
      references: referencesOf(reading, root),
      lines: lines.map((line, index) => lineOf(reading, line, index)),
      notes: notesOf(root),
    },
    'lines',
  );
  return { kind: 'catalogue', data };
};
