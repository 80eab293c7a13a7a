/** What a transaction set says of itself, as data: compared by conformance, shown by the console. */
import { product, shifted, sum } from '../edi/decimal.js';
import type { X12Head, X12Set } from './envelope.js';
import { isSetWhole } from './envelope.js';
import type { X12Segment } from './segment.js';

/** Segment and element that name the document, by segment tag. */
const IDS: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map(
  Object.entries<Readonly<Record<string, number>>>({
    BEG: { purpose: 1, poType: 2, po: 3, date: 5 },
    BAK: { ackType: 2, po: 3, date: 4 },
    BCH: { purpose: 1, ackType: 2, po: 3 },
    BCA: { purpose: 1, ackType: 2, po: 3 },
    BIG: { invoiceDate: 1, invoice: 2, po: 4 },
    BSN: { purpose: 1, shipment: 2, date: 3 },
    BIA: { report: 3, date: 4 },
    B10: { ref: 1, shipment: 2, scac: 3 },
    W05: { order: 2, po: 3 },
    W06: { order: 2, date: 3, shipment: 4 },
    W17: { date: 2, receipt: 3 },
    BPR: { amount: 2, method: 4 },
    TRN: { trace: 2 },
    B3: { invoice: 2, netAmount: 7 },
    BRA: { ref: 1, date: 2 },
    BCT: { catalog: 2 },
  }),
);
/** Segment of a line, and its element with the quantity. */
const LINES = new Map<string, number | undefined>([
  ['PO1', 2],
  ['IT1', 2],
  ['POC', 3],
  ['SN1', 2],
  ['W01', 1],
  ['W12', 3],
  ['W07', 1],
  ['RMR', undefined],
]);
/** Sets that count LIN as a line. */
const LIN_IS_LINE = new Set(['846', '832', '852']);
/** Elements of a priced line. */
const [QUANTITY, PRICE] = [2, 4];
/** Sets of priced lines, were there none in one of them. */
const PRICED = new Set(['810', '850', '855']);
const isPriced = ({ tag }: X12Segment): boolean => tag === 'PO1' || tag === 'IT1';

const isLine = (type: string, tag: string): boolean => LINES.has(tag) || (tag === 'LIN' && LIN_IS_LINE.has(type));

const codeOf = (type: string, segment: X12Segment): string | undefined => {
  switch (segment.tag) {
    case 'AT7':
      return segment.at(1) || segment.at(3);
    case 'AK9':
    case 'AK5':
    case 'ACK':
      return `${segment.tag}:${segment.at(1)}`;
    case 'POC':
      return segment.at(2);
    case 'QTY':
      return type === '846' ? `${segment.at(1)}:${segment.at(2)}` : undefined;
    default:
      return undefined;
  }
};

const idsOf = (type: string, segments: readonly X12Segment[]): Readonly<Record<string, unknown>> => {
  const ids: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const segment of segments) {
    const named = IDS.get(segment.tag);
    if (!named || seen.has(segment.tag)) continue;
    seen.add(segment.tag);
    for (const [name, element] of Object.entries(named)) ids[name] = segment.at(element);
  }
  if (type === '856') ids['pos'] = segments.filter(({ tag }) => tag === 'PRF').map((prf) => prf.at(1));
  return ids;
};

const amountsOf = (type: string, segments: readonly X12Segment[]): Readonly<Record<string, string>> => {
  const of = (tag: string): readonly X12Segment[] => segments.filter((segment) => segment.tag === tag);
  const priced = segments.filter(isPriced);
  const [tds] = of('TDS');
  const [ctt] = of('CTT');
  const [adx, rmr] = [of('ADX'), of('RMR')];
  const isRemittance = type === '820' || adx.length + rmr.length > 0;
  return {
    ...((priced.length > 0 || PRICED.has(type)) && {
      ext: sum(priced.map((line) => product(line.at(QUANTITY), line.at(PRICE)))),
    }),
    ...(tds && { totalDue: shifted(tds.at(1), 2) }),
    ...(ctt && { cttLines: ctt.at(1) }),
    ...(isRemittance && { adjusted: sum(adx.map((one) => one.at(1))), remitted: sum(rmr.map((one) => one.at(4))) }),
  };
};

const envelopeFigures = ({ isa, separators }: X12Head): Readonly<Record<string, string>> => ({
  ...(isa && {
    sender: isa.at(6).trim(),
    receiver: isa.at(8).trim(),
    interchangeControl: isa.at(13).trim(),
  }),
  segmentTerminator: separators.terminator === '\r' ? '\n' : separators.terminator,
  elementSeparator: separators.element,
});

export const figuresOf = (head: X12Head, set: X12Set): Readonly<Record<string, unknown>> => {
  const { segments, st, se } = set;
  const type = st.at(1).trim();
  const lines = segments.filter(({ tag }) => isLine(type, tag));
  return {
    type,
    stControl: st.at(2).trim(),
    ...envelopeFigures(head),
    lines: lines.length,
    qty: sum(lines.map((line) => line.at(LINES.get(line.tag) ?? Infinity))),
    ids: idsOf(type, segments),
    codes: segments.map((segment) => codeOf(type, segment)).filter((code) => code !== undefined),
    ...amountsOf(type, segments),
    segmentCountDeclared: se?.at(1) ?? '',
    segmentCountActual: set.count,
    envelopeOk: head.isa !== undefined && isSetWhole(set),
  };
};

/** An interchange that carries acknowledgements and no transaction set. */
export const acknowledgedFigures = (head: X12Head): Readonly<Record<string, unknown>> => ({
  ...envelopeFigures(head),
  type: 'TA1',
  parse: 'NO TRANSACTION SET',
});
