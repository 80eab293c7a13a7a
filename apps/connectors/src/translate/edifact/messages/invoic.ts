/** INVOIC: invoice, debit and credit note. */
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../../canonical/invoice.js';
import type { Money } from '../../../canonical/shapes.js';
import { sumOf } from '../../amounts.js';
import { compact, filled } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type EdifactMessageType, type Group } from '../message.js';
import {
  amountOf,
  amountSegment,
  chargeSegments,
  chargesOf,
  currencyOf,
  currencySegment,
  priceOf,
  priceSegment,
  taxCategoryOf,
  taxesOf,
  taxPercentOf,
  taxSegment,
  taxSegments,
} from '../parts/charges.js';
import { dayBy, daySegment } from '../parts/dates.js';
import { itemOf, itemSegments } from '../parts/items.js';
import {
  checkTotals,
  countSegment,
  HEADER_GROUPS,
  HEADER_OWN,
  LINE,
  mainLines,
  orderedOf,
  quantitySegment,
  SUMMARY,
} from '../parts/lines.js';
import { ISSUED } from '../parts/orders.js';
import { partyIn, partySegments } from '../parts/parties.js';
import {
  noteSegments,
  notesOf,
  orderLineNoOf,
  referenceOf,
  referenceSegments,
  referencesOf,
} from '../parts/references.js';
import type { EdifactReading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';

/** Document name codes (1001) of credits. */
const CREDITS = new Set(['81', '83', '261', '262', '308', '381', '396', '420', '458', '532']);
/** MOA of totals, the best first; the first is the one that is written. */
const TOTALS: Readonly<Record<keyof InvoiceTotals, readonly string[]>> = {
  lines: ['79', '66'],
  allowances: ['260'],
  charges: ['259'],
  net: ['125'],
  tax: ['176', '150'],
  gross: ['77', '39'],
  prepaid: ['113'],
  rounding: ['366'],
  payable: ['9', '86', '77', '39'],
};
/** DTM: due date, in the header or below PAT. */
const DUE = ['13', '140', '12'];

const lineOf = (reading: EdifactReading, line: Group, at: number): CanonicalInvoiceLine => {
  const pris = line.of('PRI').map(({ opening }) => opening);
  return compact<CanonicalInvoiceLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    item: itemOf(reading, line),
    quantity: orderedOf(reading, line.all('QTY'), '47', '61', '46'),
    ...priceOf(reading, pris),
    amount: amountOf(reading, line.all('MOA'), '203', '66', '38', '128'),
    orderLineNo: orderLineNoOf(reading, line),
    orderNumber: referenceOf(reading, line, 'ON'),
    allowanceCharges: chargesOf(reading, line),
    taxCategory: taxCategoryOf(reading, line),
    taxPercent: taxPercentOf(reading, line),
  });
};

const totalOf = (charges: CanonicalInvoice['allowanceCharges'], charge: boolean): Money | undefined =>
  sumOf((charges ?? []).filter((one) => one.charge === charge).map(({ amount }) => amount));
type Sums = Pick<CanonicalInvoice, 'lines' | 'allowanceCharges' | 'taxes'>;
const totalsOf = (reading: EdifactReading, summary: Group | undefined, sums: Sums): InvoiceTotals => {
  const moas = summary?.all('MOA') ?? [];
  const said = (field: keyof InvoiceTotals): Money | undefined => amountOf(reading, moas, ...TOTALS[field]);
  return compact<InvoiceTotals>({
    lines: said('lines') ?? sumOf(sums.lines.map(({ amount }) => amount)),
    allowances: said('allowances') ?? totalOf(sums.allowanceCharges, false),
    charges: said('charges') ?? totalOf(sums.allowanceCharges, true),
    net: said('net'),
    tax: said('tax') ?? sumOf((sums.taxes ?? []).map(({ tax }) => tax)),
    gross: said('gross'),
    prepaid: said('prepaid'),
    payable: said('payable'),
  });
};

const read = (message: Group, reading: EdifactReading): CanonicalInvoice => {
  const bgm = message.first('BGM');
  const currency = currencyOf(reading, message);
  const summary = message.one('UNS');
  const all = message.of('LIN');
  const lins = mainLines(all);
  checkTotals(reading, message, all, lins);
  const lines = lins.map((line, at) => lineOf(reading, line, at));
  const pats = message.of('PAT');
  const charges = [
    ...(chargesOf(reading, message) ?? []),
    ...(message.of('ALC').length > 0 || !summary ? [] : (chargesOf(reading, summary) ?? [])),
  ];
  const sums = compact<Sums>({
    lines,
    allowanceCharges: charges.length > 0 ? charges : undefined,
    taxes: taxesOf(reading, summary?.of('TAX') ?? []),
  });
  return compact<CanonicalInvoice>({
    number: reading.needed(bgm, 'BGM', 2),
    type: reading.text(bgm, 1),
    issued: dayBy(reading, message.all('DTM'), ...ISSUED),
    due: dayBy(reading, [...message.all('DTM'), ...pats.flatMap((pat) => pat.all('DTM'))], ...DUE),
    currency,
    buyer: partyIn(reading, message, 'buyer'),
    seller: partyIn(reading, message, 'seller'),
    deliverTo: partyIn(reading, message, 'deliverTo'),
    billTo: partyIn(reading, message, 'billTo'),
    remitTo: partyIn(reading, message, 'remitTo'),
    orderNumber: referenceOf(reading, message, 'ON'),
    references: others(referencesOf(reading, message)),
    ...sums,
    totals: filled(totalsOf(reading, summary, sums)),
    terms: reading.text(pats[0]?.opening, 2, 4),
    notes: notesOf(reading, message.all('FTX')),
  });
};
/** References without the order, which has a field of its own. */
const others = (references: CanonicalInvoice['references']): CanonicalInvoice['references'] => {
  const first = references?.findIndex(({ kind }) => kind === 'order') ?? -1;
  const rest = references?.filter((_, at) => at !== first);
  return rest && rest.length > 0 ? rest : undefined;
};

const writeLine = (line: CanonicalInvoiceLine): readonly Written[] => {
  const { orderNumber, orderLineNo } = line;
  return [
    ...itemSegments(line.lineNo, undefined, line.item),
    ...quantitySegment('47', line.quantity),
    ...amountSegment('203', line.amount),
    ...priceSegment(line),
    ...when(orderNumber ?? orderLineNo, segment('RFF', ['ON', orderNumber, orderLineNo])),
    ...taxSegment(line.taxPercent, line.taxCategory),
    ...chargeSegments(line.allowanceCharges),
  ];
};
const write = (invoice: CanonicalInvoice, kind: 'invoice' | 'credit-note'): readonly Written[] => {
  const { number, type = '', orderNumber, references = [], due, terms, lines, totals } = invoice;
  const isCoded = /^\d{2,3}$/.test(type) && CREDITS.has(type) === (kind === 'credit-note');
  const order = orderNumber === undefined ? [] : [{ kind: 'order', number: orderNumber }];
  return [
    segment('BGM', isCoded ? type : kind === 'credit-note' ? '381' : '380', number, '9'),
    ...daySegment('137', invoice.issued),
    ...noteSegments(invoice.notes),
    ...referenceSegments([...order, ...references]),
    ...partySegments('buyer', invoice.buyer),
    ...partySegments('seller', invoice.seller),
    ...partySegments('deliverTo', invoice.deliverTo),
    ...partySegments('billTo', invoice.billTo),
    ...partySegments('remitTo', invoice.remitTo),
    ...currencySegment(invoice.currency, '4'),
    ...when(due ?? terms, segment('PAT', '1', [undefined, undefined, undefined, terms]), ...daySegment('13', due)),
    ...chargeSegments(invoice.allowanceCharges),
    ...lines.flatMap(writeLine),
    segment('UNS', 'S'),
    countSegment(lines.length),
    ...(Object.entries(TOTALS) as [keyof InvoiceTotals, readonly [string]][]).flatMap(([field, [qualifier]]) =>
      amountSegment(qualifier, totals?.[field]),
    ),
    ...taxSegments(invoice.taxes),
  ];
};

export const invoice: EdifactMessageType = {
  type: 'INVOIC',
  required: { BGM: [], DTM: [], UNS: [] },
  layout: loop('UNH', HEADER_OWN, ...HEADER_GROUPS, LINE, SUMMARY),
  read: (message, reading) => {
    const type = message.first('BGM')?.at(1).trim() ?? '';
    return { kind: CREDITS.has(type) ? 'credit-note' : 'invoice', data: read(message, reading) };
  },
  writer: writerOf('EAN008', ['invoice', 'credit-note'], write),
};
