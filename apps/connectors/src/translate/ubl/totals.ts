/** Sum rules of EN 16931 (BR-CO-10, -13, -15, -16) for invoices and credit notes; each fault names both sums. */
import type { CanonicalInvoice } from '../../canonical/invoice.js';
import type { Money } from '../../canonical/shapes.js';
import { amountText } from '../amounts.js';
import type { Fault } from '../translation.js';

const differs = (path: string, declared: Money, counted: number, of: string): Fault => ({
  code: 'totals-differ',
  path,
  text: `${path} is ${amountText(declared)}, ${of} make ${amountText({ ...declared, minor: counted })}`,
});

/**
 * Only what is declared is checked; amounts of several currencies can't be added. `sumOfLines` is rounded once: lines may
 * carry more places than their currency. `withheld` is taxes of which some countries leave what is to be paid.
 */
export const totalsFaults = (
  { lines, totals, allowanceCharges = [] }: CanonicalInvoice,
  root: string,
  { sumOfLines, withheld }: { readonly sumOfLines?: Money | undefined; readonly withheld?: Money | undefined },
): readonly Fault[] => {
  if (!totals) return [];
  const faults: Fault[] = [];
  const at = (name: string): string => `/${root}/LegalMonetaryTotal/${name}`;
  const known = [...Object.values(totals), ...lines.map(({ amount }) => amount)].filter((one) => one !== undefined);
  if (new Set(known.map(({ currency }) => currency)).size > 1) return [];
  const of = (name: keyof typeof totals): number => totals[name]?.minor ?? 0;
  const { net, gross, payable } = totals;
  if (totals.lines && sumOfLines && sumOfLines.minor !== totals.lines.minor)
    faults.push(differs(at('LineExtensionAmount'), totals.lines, sumOfLines.minor, 'the lines'));
  if (totals.lines && net) {
    const sum = of('lines') - of('allowances') + of('charges');
    // Before EN 16931 the sums of allowances and charges could be left out.
    const listed = allowanceCharges.reduce(
      (all, { charge, amount }) => all + (charge ? amount.minor : -amount.minor),
      0,
    );
    const isSummed = totals.allowances !== undefined || totals.charges !== undefined;
    if (sum !== net.minor && (isSummed || of('lines') + listed !== net.minor))
      faults.push(differs(at('TaxExclusiveAmount'), net, sum, 'lines, allowances and charges'));
  }
  if (net && totals.tax && gross) {
    const sum = of('net') + of('tax');
    // Before EN 16931 the rounding stood in the gross amount already.
    if (![sum, sum + of('rounding')].includes(gross.minor))
      faults.push(differs(at('TaxInclusiveAmount'), gross, sum, 'net and tax'));
  }
  if (gross && payable) {
    const due = of('gross') - of('prepaid');
    const less = withheld?.minor ?? 0;
    if (![due, due + of('rounding'), due - less, due - less + of('rounding')].includes(payable.minor))
      faults.push(differs(at('PayableAmount'), payable, due + of('rounding'), 'gross, prepaid and rounding'));
  }
  return faults;
};
