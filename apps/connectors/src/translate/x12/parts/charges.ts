/** Allowances and charges (SAC), taxes (TXI), amounts (AMT) and the currency (CUR), read and written. */
import type { AllowanceCharge, DecimalText, Money, TaxSubtotal } from '../../../canonical/shapes.js';
import { amountText, moneyOf } from '../../amounts.js';
import { compact, some } from '../../edi/compact.js';
import { product, quotient, shifted } from '../../edi/decimal.js';
import type { Loop } from '../../edi/layout.js';
import { NO_CURRENCY } from '../../edi/reading.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { segment, when, type Written } from '../writing.js';

/** SAC01 (element 248) of charges; A, P and R are allowances, N is neither. SAC05 has two implied places. */
const CHARGES = new Set(['C', 'Q', 'S', 'T', 'W']);
const NEITHER = 'N';
export const IMPLIED_PLACES = 2;
/** Service code (element 1300) where the document names none: miscellaneous. */
const MISCELLANEOUS = 'ZZZZ';

/** What a rate or percentage is of, where the segment names nothing itself: the line's quantity and price. */
export interface Basis {
  readonly quantity?: DecimalText;
  readonly price?: DecimalText | undefined;
  readonly per?: DecimalText | undefined;
}
interface Rated {
  readonly rate: DecimalText | undefined;
  /** units that the rate is for */
  readonly times: DecimalText | undefined;
  readonly percent: DecimalText | undefined;
  /** amount that the percentage is of */
  readonly of?: DecimalText | undefined;
}
/** What is charged or allowed without an amount being named; undefined where nothing tells it. */
export const ratedAmount = ({ rate, times, percent, of }: Rated, basis: Basis): DecimalText | undefined => {
  const units = times ?? basis.quantity;
  if (rate !== undefined) return units === undefined ? undefined : product(rate, units);
  const { price, per = '1' } = basis;
  const whole = of ?? (units && price && quotient(product(units, price), per));
  return percent === undefined || whole === undefined || whole === '' ? undefined : shifted(product(percent, whole), 2);
};

/** SAC05 is the amount; else a rate (SAC08) for each of SAC10, or a percentage (SAC07). */
const amountIn = (reading: X12Reading, sac: X12Segment, basis: Basis): Money | undefined => {
  const [rate, times, percent] = [8, 10, 7].map((at) => reading.decimal(sac, at));
  return (
    reading.money(sac, 5, undefined, IMPLIED_PLACES) ??
    moneyOf(ratedAmount({ rate, times, percent }, basis), reading.currency)
  );
};

export const chargesOf = (
  reading: X12Reading,
  parent: Loop<X12Segment> | undefined,
  basis: Basis = {},
): readonly AllowanceCharge[] | undefined =>
  some(
    (parent?.of('SAC') ?? []).flatMap(({ opening: sac }) => {
      const amount = amountIn(reading, sac, basis);
      if (amount === undefined || sac.at(1).trim() === NEITHER) return [];
      const code = reading.text(sac, 2);
      const charge = CHARGES.has(sac.at(1).trim());
      return [
        compact<AllowanceCharge>({
          charge,
          code: code === MISCELLANEOUS ? undefined : code,
          reason: reading.text(sac, 15),
          amount,
        }),
      ];
    }),
  );

/** An amount in the element type N2: minor units of hundredths, whatever the currency counts in. */
export const impliedText = (amount: Money): string => shifted(amountText(amount), -IMPLIED_PLACES);

export const chargeSegments = (charges: readonly AllowanceCharge[] | undefined): readonly Written[] =>
  (charges ?? []).map(({ charge, code, reason, amount }) => {
    const none = Array.from({ length: 9 }, () => undefined);
    return segment(
      'SAC',
      charge ? 'C' : 'A',
      code ?? MISCELLANEOUS,
      undefined,
      undefined,
      impliedText(amount),
      ...none,
      reason,
    );
  });

/** Element 954: a percentage as a fraction of one by the standard, as a percentage by many senders. */
const percentOf = (decimal: string | undefined): string | undefined => {
  if (decimal === undefined) return undefined;
  return Math.abs(Number(decimal)) < 1 ? product(decimal, '100') : decimal;
};
const JURISDICTION_OF_VENDOR = 'VD';
const VALUE_ADDED_TAX = 'VA';

export const taxesOf = (reading: X12Reading, txis: readonly X12Segment[]): readonly TaxSubtotal[] | undefined =>
  some(
    txis.flatMap((txi) => {
      const tax = reading.money(txi, 2);
      if (tax === undefined) return [];
      const category = txi.at(4).trim() === JURISDICTION_OF_VENDOR ? reading.text(txi, 5) : undefined;
      return [
        compact<TaxSubtotal>({
          category,
          percent: percentOf(reading.decimal(txi, 3)),
          taxable: reading.money(txi, 8),
          tax,
        }),
      ];
    }),
  );
/** A rate on a line: TXI without an amount. */
export const taxPercentOf = (reading: X12Reading, txi: X12Segment | undefined): string | undefined =>
  percentOf(reading.decimal(txi, 3));
const fractionText = (percent: string): string => (Number(percent) < 100 ? shifted(percent, 2) : percent);

export const taxSegments = (taxes: readonly TaxSubtotal[] | undefined): readonly Written[] =>
  (taxes ?? []).map(({ category, percent, taxable, tax }) =>
    segment(
      'TXI',
      VALUE_ADDED_TAX,
      amountText(tax),
      percent && fractionText(percent),
      category && JURISDICTION_OF_VENDOR,
      category,
      undefined,
      undefined,
      taxable && amountText(taxable),
    ),
  );
export const taxPercentSegment = (percent: string | undefined): readonly Written[] =>
  when(percent, segment('TXI', VALUE_ADDED_TAX, undefined, percent && fractionText(percent)));

/** Amount of an AMT with the qualifier. */
export const amountOf = (reading: X12Reading, amts: readonly X12Segment[], qualifier: string): Money | undefined => {
  const amt = amts.find((one) => one.at(1).trim() === qualifier);
  return amt && moneyOf(reading.decimal(amt, 2), reading.currency);
};
export const amountSegment = (qualifier: string, amount: Money | undefined): readonly Written[] =>
  when(amount, segment('AMT', qualifier, amount && amountText(amount)));

/** CUR: who says it does not matter, which currency does. */
export const currencyOf = (reading: X12Reading, header: Loop<X12Segment>): string | undefined =>
  reading.says(reading.text(header.first('CUR'), 2));
export const currencySegment = (by: 'BY' | 'SE', currency: string | undefined): readonly Written[] =>
  when(currency === NO_CURRENCY ? undefined : currency, segment('CUR', by, currency));
