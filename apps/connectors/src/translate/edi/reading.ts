/** Reads elements of one message: a value or undefined, and a fault that names element, rule and what was sent. */
import type { Day, DecimalText, Money, Quantity } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { meantBy, type CodeTable } from '../code-table.js';
import type { Fault, TranslationContext } from '../translation.js';
import { decimalOf, isEqual, shifted, sum } from './decimal.js';
import { addFault, countsDiffer, isCount, shown } from './faults.js';
import { placeOf, type Segment } from './segment.js';
import { UNIT_UNKNOWN } from './units.js';

/** ISO 4217: no currency. Stands where neither document nor agreement names one. */
export const NO_CURRENCY = 'XXX';

/** Lines of a text as one. */
const unwrapped = (text: string): string =>
  /[\r\n]/.test(text)
    ? text
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .join(' ')
    : text;

export abstract class Reading<S extends Segment = Segment> {
  readonly faults: Fault[] = [];
  private readonly said = new Set<string>();
  private currencySaid: string | undefined;

  constructor(readonly context: TranslationContext) {}

  /** Currency of the document, from its CUR or CUX; the agreement's where it has none. */
  get currency(): string {
    return this.currencySaid ?? this.context.currency ?? NO_CURRENCY;
  }
  says(currency: string | undefined): string | undefined {
    if (currency !== undefined && /^[A-Z]{3}$/.test(currency)) this.currencySaid = currency;
    return this.currencySaid;
  }

  /** Trimmed text; undefined when empty. */
  text(segment: S | undefined, element: number, component?: number): string | undefined {
    const value = segment?.at(element, component).trim();
    // A line end within an element is a terminator that got lost, or a wrapped file.
    return value ? unwrapped(value) : undefined;
  }
  /** What a code is here, by the rows that hold for this document. */
  means<M>(table: CodeTable<M>, code: string | undefined): M | undefined {
    return meantBy(table, code, this.context);
  }
  /** Our word for the purpose of a document; the code itself where there is none. */
  purpose(segment: S | undefined, element: number): string | undefined {
    const sent = this.text(segment, element);
    return this.means(this.purposes, sent) ?? sent;
  }
  /** As `text`, with a fault when empty; '' then, so that the rest is still read. */
  needed(segment: S | undefined, tag: string, element: number, component?: number): string {
    const value = this.text(segment, element, component);
    if (value !== undefined) return value;
    if (!segment) this.fault('element-missing', tag, `${tag} is missing and must be said`);
    else {
      const place = placeOf(segment, element, component);
      this.fault('element-missing', place, `${place} is empty and must be said`);
    }
    return '';
  }
  decimal(segment: S | undefined, element: number, component?: number): DecimalText | undefined {
    const text = this.text(segment, element, component);
    if (text === undefined || !segment) return undefined;
    const decimal = decimalOf(this.numberText(text));
    if (decimal === undefined) this.unreadable('number', segment, element, component, text);
    return decimal;
  }
  /** Amount in the document's currency; `places` implied ones when the element has no decimal point (X12 N2). */
  money(
    segment: S | undefined,
    element: number,
    component?: number,
    places = 0,
    currency = this.currency,
  ): Money | undefined {
    const decimal = this.decimal(segment, element, component);
    return decimal === undefined ? undefined : moneyOf(shifted(decimal, places), currency);
  }
  quantity(
    segment: S | undefined,
    value: number,
    unit: readonly [element: number, component?: number],
  ): Quantity | undefined;
  quantity(
    segment: S | undefined,
    value: readonly [number, number],
    unit: readonly [number, number?],
  ): Quantity | undefined;
  quantity(
    segment: S | undefined,
    value: number | readonly [number, number],
    unit: readonly [element: number, component?: number],
  ): Quantity | undefined {
    const at = typeof value === 'number' ? ([value] as const) : value;
    const decimal = this.decimal(segment, at[0], at[1]);
    if (decimal === undefined || !segment) return undefined;
    return { value: decimal, ...this.unit(segment, unit[0], unit[1]) };
  }
  /** Unit of an element: the partner's cross reference, then the standard's table, else a fault and `ZZ`. */
  unit(segment: S, element: number, component?: number): Pick<Quantity, 'unit' | 'sentUnit'> {
    const sent = this.text(segment, element, component);
    if (sent === undefined) return { unit: this.unitUnsaid };
    const agreed = Object.hasOwn(this.context.units, sent) ? this.context.units[sent] : undefined;
    const unit = agreed ?? this.unitOf(sent);
    if (unit === undefined) {
      const place = placeOf(segment, element, component);
      this.fault('code-unmapped', place, `${place}: unit ${shown(sent)} is in no cross reference`);
      return { unit: UNIT_UNKNOWN, sentUnit: sent };
    }
    return unit === sent ? { unit } : { unit, sentUnit: sent };
  }

  /** A count that the document declares of itself; `of` names what was counted. */
  counted(
    segment: S | undefined,
    element: number,
    component: number | undefined,
    of: string,
    ...actual: number[]
  ): void {
    const declared = this.text(segment, element, component);
    if (declared === undefined || !segment || actual.some((count) => isCount(declared, count))) return;
    addFault(this.faults, countsDiffer(placeOf(segment, element, component), of, declared, actual[0] ?? 0));
  }
  /** As `counted`, of a sum of quantities. */
  summed(
    segment: S | undefined,
    element: number,
    component: number | undefined,
    of: string,
    texts: readonly string[],
  ): void {
    const declared = this.decimal(segment, element, component);
    const actual = sum(texts);
    if (declared === undefined || !segment || isEqual(declared, actual)) return;
    const place = placeOf(segment, element, component);
    this.fault('count-differs', place, `${place} declares ${declared}, added up ${actual} of ${of}`);
  }

  /** The same of the same element is said once, however often it is read. */
  fault(code: string, path: string, text: string): void {
    const said = `${code} ${path}`;
    if (this.said.has(said)) return;
    this.said.add(said);
    addFault(this.faults, { code, path, text });
  }
  protected unreadable(
    what: 'number' | 'date',
    segment: S,
    element: number,
    component: number | undefined,
    text: string,
  ): void {
    const place = placeOf(segment, element, component);
    this.fault(`${what}-unreadable`, place, `${place}: ${shown(text)} is no ${what}`);
  }

  abstract day(segment: S | undefined, element: number, component?: number): Day | undefined;
  /** Unit where the document says none. */
  protected readonly unitUnsaid: string = 'EA';
  protected abstract readonly purposes: CodeTable<string>;
  protected abstract unitOf(code: string): string | undefined;
  /** The text with a decimal point, as the standard writes numbers. */
  protected abstract numberText(text: string): string;
}
