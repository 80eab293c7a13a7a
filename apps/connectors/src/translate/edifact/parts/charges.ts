/** Currency (CUX), amounts (MOA), prices (PRI), allowances and charges (ALC), taxes (TAX), read and written. */
import type { AllowanceCharge, DecimalText, Money, TaxSubtotal } from '../../../canonical/shapes.js';
import { amountText } from '../../amounts.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { NO_CURRENCY } from '../../edi/reading.js';
import type { Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import type { EdifactSegment } from '../segment.js';
import { segment, when, type Written } from '../writing.js';

export const TAX = loop('TAX', 'MOA LOC');
export const CHARGE = loop(
  'ALC',
  'ALI DTM MOA',
  loop('QTY', 'RNG'),
  loop('PCD', 'RNG'),
  loop('MOA', 'RNG CUX DTM'),
  loop('RTE', 'RNG'),
  loop('TAX', 'MOA'),
);
export const PRICE = loop('PRI', 'CUX APR RNG DTM');
export const CURRENCY = loop('CUX', 'PCD DTM');

export const currencyOf = (reading: EdifactReading, message: Group): string | undefined => {
  const cux = message.first('CUX') ?? message.one('CUX')?.opening;
  return reading.says(reading.text(cux, 1, 2));
};
/** Reference currency of invoices (2) in the use of an order (9) or invoice (4). */
export const currencySegment = (currency: string | undefined, use: '9' | '4'): readonly Written[] =>
  when(currency === NO_CURRENCY ? undefined : currency, segment('CUX', ['2', currency, use]));

/** Amount of the last MOA with one of the qualifiers, in the order of the qualifiers. */
export const amountOf = (
  reading: EdifactReading,
  moas: readonly EdifactSegment[],
  ...qualifiers: readonly string[]
): Money | undefined => {
  for (const qualifier of qualifiers) {
    const found = moas.findLast((moa) => moa.at(1).trim() === qualifier);
    if (found) return moneyOf(reading, found);
  }
  return undefined;
};
/** MOA: C516 value, in its own currency where it names one. */
export const moneyOf = (reading: EdifactReading, moa: EdifactSegment | undefined): Money | undefined => {
  const own = reading.text(moa, 1, 3);
  return reading.money(moa, 1, 2, 0, own !== undefined && /^[A-Z]{3}$/.test(own) ? own : undefined);
};
export const amountSegment = (qualifier: string, amount: Money | undefined): readonly Written[] =>
  when(amount, segment('MOA', [qualifier, amount && amountText(amount)]));

/** Net price before gross; of what is left the first. */
const PRICES = ['AAA', 'INV', 'CAL', 'AAE', 'AAB'];
export const priceOf = (
  reading: EdifactReading,
  pris: readonly EdifactSegment[],
): { readonly unitPrice?: DecimalText; readonly per?: DecimalText } => {
  const found = PRICES.map((code) => pris.find((pri) => pri.at(1).trim() === code)).find((pri) => pri) ?? pris[0];
  const per = reading.decimal(found, 1, 5);
  return compact<{ unitPrice?: DecimalText; per?: DecimalText }>({
    unitPrice: reading.decimal(found, 1, 2),
    per: per === '1' || per === '0' ? undefined : per,
  });
};
export const priceSegment = (price: {
  readonly unitPrice?: DecimalText;
  readonly per?: DecimalText;
}): readonly Written[] =>
  when(price.unitPrice, segment('PRI', ['AAA', price.unitPrice, undefined, undefined, price.per]));

const CHARGE_AMOUNTS = ['8', '23', '204', '131', '98'];
export const chargesOf = (reading: EdifactReading, parent: Group): readonly AllowanceCharge[] | undefined =>
  some(
    parent.of('ALC').flatMap((alc) => {
      const moas = [...alc.all('MOA'), ...alc.of('MOA').map(({ opening }) => opening)];
      const amount = amountOf(reading, moas, ...CHARGE_AMOUNTS);
      if (amount === undefined) return [];
      const charge = alc.opening.at(1).trim() === 'C';
      const code = reading.text(alc.opening, 5, 1);
      return [compact<AllowanceCharge>({ charge, code, reason: reading.text(alc.opening, 5, 4), amount })];
    }),
  );
export const chargeSegments = (charges: readonly AllowanceCharge[] | undefined): readonly Written[] =>
  (charges ?? []).flatMap(({ charge, code, reason, amount }) => [
    segment('ALC', charge ? 'C' : 'A', undefined, undefined, undefined, [code, undefined, undefined, reason]),
    ...amountSegment(charge ? '23' : '204', amount),
  ]);

export const taxPercentOf = (reading: EdifactReading, parent: Group): DecimalText | undefined =>
  reading.decimal(parent.one('TAX')?.opening, 5, 4);
export const taxCategoryOf = (reading: EdifactReading, parent: Group): string | undefined =>
  reading.text(parent.one('TAX')?.opening, 6);
export const taxSegment = (percent: DecimalText | undefined, category?: string): readonly Written[] =>
  when(
    percent ?? category,
    segment('TAX', '7', 'VAT', undefined, undefined, [undefined, undefined, undefined, percent], category),
  );
export const taxesOf = (reading: EdifactReading, groups: readonly Group[]): readonly TaxSubtotal[] | undefined =>
  some(
    groups.flatMap((group) => {
      const tax = amountOf(reading, group.all('MOA'), '124', '176');
      if (tax === undefined) return [];
      return [
        compact<TaxSubtotal>({
          category: reading.text(group.opening, 6),
          percent: reading.decimal(group.opening, 5, 4),
          taxable: amountOf(reading, group.all('MOA'), '125'),
          tax,
        }),
      ];
    }),
  );
export const taxSegments = (taxes: readonly TaxSubtotal[] | undefined): readonly Written[] =>
  (taxes ?? []).flatMap(({ category, percent, taxable, tax }) => [
    segment('TAX', '7', 'VAT', undefined, undefined, [undefined, undefined, undefined, percent], category),
    ...amountSegment('125', taxable),
    ...amountSegment('124', tax),
  ]);
