/** Parts of baseline item loops (PO1, IT1, POC) that several sets share. */
import type { Day, DecimalText, Money, Party, Quantity } from '../../../canonical/shapes.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { loop } from '../../edi/layout.js';
import { UNIT_UNKNOWN, x12UnitOf } from '../../edi/units.js';
import { moneyOf } from '../../amounts.js';
import type { X12Loop } from '../message.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { segment, when, type Written } from '../writing.js';
import { amountOf } from './charges.js';
import { NOTE } from './references.js';
import { PARTY } from './parties.js';

export const ALLOWANCE = loop('SAC', 'CUR CTP');
export const AMOUNT = loop('AMT', 'REF DTM PCT FA1 FA2');
/** Loops below a PO1 or POC. */
export const LINE_LOOPS = [
  loop('PID', 'MEA'),
  loop('SCH', 'TD1 TD3 TD4 TD5 REF'),
  loop('PKG', 'MEA'),
  loop('SLN', 'MSG SI PID PO3 CTP PAM TXI'),
  ALLOWANCE,
  AMOUNT,
  NOTE,
  PARTY,
];
export const LINE_OWN =
  'LIN SI CUR CN1 PO3 CTP PAM CTB MEA PWK PO4 REF PER IT8 CSH ITD DIS INC TAX FOB SDQ IT3 DTM TC2 TD1 TD3 TD4 TD5 PCT ' +
  'MAN MSG MTX SPI TXI NTE';
export const HEADER_OWN =
  'CUR REF PER TAX FOB CTP PAM CSH ITD DIS INC DTM LDT LIN SI PID MEA PWK PKG TD1 TD3 TD4 TD5 MAN PCT CTB TXI NTE AMT SPI MSG MTX';

/** Basis of unit price (element 639): how many units the price is for. */
const PER: Readonly<Record<string, DecimalText>> = {
  HP: '100',
  HU: '100',
  HT: '100',
  TP: '1000',
  TH: '1000',
  PM: '1000',
};
const BASES = new Map<DecimalText, string>([
  ['100', 'HP'],
  ['1000', 'TP'],
]);

export const perOf = (reading: X12Reading, line: X12Segment, element: number): DecimalText | undefined => {
  const basis = reading.text(line, element) ?? '';
  return Object.hasOwn(PER, basis) ? PER[basis] : undefined;
};
/** Basis code of a price; other multiples than a hundred and a thousand have none, so the price is divided first. */
export const basisOf = (per: DecimalText | undefined): string | undefined => BASES.get(per ?? '');

/** Line item total: AMT*1, or PAM with qualifier 1. */
export const lineAmountOf = (reading: X12Reading, line: X12Loop): Money | undefined => {
  const pam = line.all('PAM').find((one) => one.at(4).trim() === '1');
  const amts = [...line.all('AMT'), ...line.of('AMT').map(({ opening }) => opening)];
  return amountOf(reading, amts, '1') ?? (pam && moneyOf(reading.decimal(pam, 5), reading.currency));
};

/** Day of the first DTM (G62) with one of the qualifiers, in the order of the qualifiers. */
export const dayBy = (
  reading: X12Reading,
  dates: readonly X12Segment[],
  ...qualifiers: readonly string[]
): Day | undefined => {
  for (const qualifier of qualifiers) {
    const found = dates.find((dtm) => dtm.at(1).trim() === qualifier && dtm.at(2).trim() !== '');
    if (found) return reading.day(found, 2);
  }
  return undefined;
};
/** Day of the first schedule (SCH06). */
export const scheduledDay = (reading: X12Reading, line: X12Loop): Day | undefined => {
  const sch = line.one('SCH')?.opening;
  return reading.day(sch, 6);
};
/** CTP02 (element 236) of prices that the buyer's own customers pay: resale, retail, manufacturer's suggested. */
const RESALE = new Set(['RES', 'RTL', 'MSR']);
/** Price of a line: its own element, else that of a CTP; a resale price is none. */
export const priceOf = (reading: X12Reading, line: X12Loop, element: number): DecimalText | undefined => {
  const ctps = [...line.all('CTP'), ...line.of('CTP').map(({ opening }) => opening)];
  const ctp = ctps.find((one) => !RESALE.has(one.at(2).trim()));
  return reading.decimal(line.opening, element) ?? reading.decimal(ctp, 3);
};
export const daySegment = (tag: 'DTM' | 'G62', qualifier: string, day: Day | undefined): readonly Written[] =>
  when(day, segment(tag, qualifier, day && digitsOfDay(day)));

/** Value and unit of a quantity, as its sender wrote the unit where it is known. */
export const quantityCells = (quantity: Quantity | undefined): readonly [string | undefined, string | undefined] =>
  quantity ? [quantity.value, unitCell(quantity)] : [undefined, undefined];
const unitCell = ({ unit, sentUnit }: Quantity): string =>
  unit === UNIT_UNKNOWN ? (sentUnit ?? unit) : x12UnitOf(unit);

export interface StoreQuantity {
  readonly store: string;
  readonly location: Party;
  readonly quantity: Quantity;
}
/** SDQ01 unit, SDQ02 what issued the store numbers, then up to ten pairs of store and quantity. */
export const storesOf = (reading: X12Reading, sdq: X12Segment): readonly StoreQuantity[] => {
  const scheme = reading.text(sdq, 2);
  const found: StoreQuantity[] = [];
  for (let at = 3; at < sdq.size; at += 2) {
    const [store, quantity] = [reading.text(sdq, at), reading.quantity(sdq, at + 1, [1])];
    if (store === undefined || quantity === undefined) continue;
    found.push({ store, location: { ids: [{ ...(scheme !== undefined && { scheme }), value: store }] }, quantity });
  }
  return found;
};
