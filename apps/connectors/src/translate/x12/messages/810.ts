/** 810 Invoice, debit and credit memo. */
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../../canonical/invoice.js';
import type { Money } from '../../../canonical/shapes.js';
import { amountText, moneyOf, sumOf } from '../../amounts.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { compact, filled, some } from '../../edi/compact.js';
import { quotient, product } from '../../edi/decimal.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type X12Loop, type X12Message } from '../message.js';
import {
  amountOf,
  amountSegment,
  chargeSegments,
  chargesOf,
  currencyOf,
  currencySegment,
  IMPLIED_PLACES,
  impliedText,
  taxPercentOf,
  taxPercentSegment,
  taxSegments,
  taxesOf,
} from '../parts/charges.js';
import { descriptionSegments, descriptionsOf, itemCells, itemOf } from '../parts/items.js';
import { ALLOWANCE, AMOUNT, dayBy, lineAmountOf, perOf, priceOf, quantityCells } from '../parts/lines.js';
import { pricedCells } from '../parts/orders.js';
import { PARTY, partyIn, partySegments } from '../parts/parties.js';
import {
  leadingReferences,
  noteSegments,
  notesOf,
  NOTE,
  referenceOf,
  referenceSegments,
  referencesOf,
  referencesOfLoops,
} from '../parts/references.js';
import type { X12Reading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';

/** Transaction type codes (BIG07) of credits. */
const CREDITS = new Set(['CR', 'CN', 'CI', 'CP', 'CO']);
/** ITD06: net due date. */
const NET_DUE = 6;
/** AMT qualifiers of totals: line items, net without tax, tax, with tax, prepaid. TDS01 is what is to be paid. */
const TOTALS = { lines: '1', net: 'N', tax: 'T', gross: 'GT', prepaid: 'PB', allowances: 'A', charges: 'C' } as const;

const lineOf = (reading: X12Reading, line: X12Loop, at: number): CanonicalInvoiceLine => {
  const { opening: it1 } = line;
  const quantity = reading.quantity(it1, 2, [3]) ?? { value: '0', ...reading.unit(it1, 3) };
  const [unitPrice, per] = [priceOf(reading, line, 4), perOf(reading, it1, 5)];
  const texts = descriptionsOf(
    reading,
    line.of('PID').map((pid) => pid.opening),
  );
  const worth = unitPrice && quotient(product(quantity.value, unitPrice), per ?? '1');
  const refs = line.all('REF');
  return compact<CanonicalInvoiceLine>({
    lineNo: reading.text(it1, 1) ?? String(at + 1),
    item: itemOf(reading, [it1, ...line.all('LIN')], 6, texts),
    quantity,
    unitPrice,
    per,
    amount: lineAmountOf(reading, line) ?? moneyOf(worth, reading.currency),
    orderLineNo: referenceOf(reading, refs, 'LI'),
    orderNumber: referenceOf(reading, refs, 'PO'),
    allowanceCharges: chargesOf(reading, line, { quantity: quantity.value, price: unitPrice, per }),
    taxPercent: taxPercentOf(reading, line.first('TXI')),
    taxCategory: reading.text(line.first('TXI'), 5),
  });
};

const totalOf = (charges: CanonicalInvoice['allowanceCharges'], charge: boolean): Money | undefined =>
  sumOf((charges ?? []).filter((one) => one.charge === charge).map(({ amount }) => amount));

type Sums = Pick<CanonicalInvoice, 'lines' | 'allowanceCharges' | 'taxes'>;
const totalsOf = (reading: X12Reading, set: X12Loop, { lines, allowanceCharges, taxes }: Sums): InvoiceTotals => {
  const tds = set.one('TDS');
  const amts = [set, ...(tds ? [tds] : [])].flatMap((one) => [
    ...one.all('AMT'),
    ...one.of('AMT').map((amt) => amt.opening),
  ]);
  const said = (qualifier: string): Money | undefined => amountOf(reading, amts, qualifier);
  return compact<InvoiceTotals>({
    lines: said(TOTALS.lines) ?? sumOf(lines.map(({ amount }) => amount)),
    allowances: said(TOTALS.allowances) ?? totalOf(allowanceCharges, false),
    charges: said(TOTALS.charges) ?? totalOf(allowanceCharges, true),
    net: said(TOTALS.net),
    tax: said(TOTALS.tax) ?? sumOf((taxes ?? []).map(({ tax }) => tax)),
    gross: said(TOTALS.gross),
    prepaid: said(TOTALS.prepaid),
    payable: reading.money(tds?.opening, 1, undefined, IMPLIED_PLACES),
  });
};

const read = (set: X12Loop, reading: X12Reading): CanonicalInvoice => {
  const big = set.first('BIG');
  const tds = set.one('TDS');
  const currency = currencyOf(reading, set);
  const it1s = set.of('IT1');
  reading.counted(set.one('CTT')?.opening, 1, undefined, 'IT1 lines', it1s.length);
  const lines = it1s.map((line, at) => lineOf(reading, line, at));
  const itd = set.first('ITD');
  const allowanceCharges = [...(chargesOf(reading, set) ?? []), ...(chargesOf(reading, tds) ?? [])];
  const sums = compact<Sums>({
    lines,
    allowanceCharges: allowanceCharges.length > 0 ? allowanceCharges : undefined,
    taxes: taxesOf(reading, [...set.all('TXI'), ...(tds?.all('TXI') ?? [])]),
  });
  return compact<CanonicalInvoice>({
    number: reading.needed(big, 'BIG', 2),
    type: reading.text(big, 7),
    issued: reading.day(big, 1),
    due: reading.day(itd, NET_DUE) ?? dayBy(reading, set.all('DTM'), '814', '166'),
    currency,
    buyer: partyIn(reading, set, 'buyer'),
    seller: partyIn(reading, set, 'seller'),
    deliverTo: partyIn(reading, set, 'deliverTo'),
    billTo: partyIn(reading, set, 'billTo'),
    remitTo: partyIn(reading, set, 'remitTo'),
    orderNumber: reading.text(big, 4),
    references: some([
      ...leadingReferences(reading, big, { release: 5 }),
      ...(referencesOf(reading, [...set.all('REF'), ...referencesOfLoops(set)]) ?? []),
    ]),
    ...sums,
    totals: filled(totalsOf(reading, set, sums)),
    terms: reading.text(itd, 12),
    notes: notesOf(reading, set),
  });
};

/** IT104 must be said with a quantity (P020304): the price of one, from the amount of the line where it has none. */
const pricedOf = (line: CanonicalInvoiceLine): Pick<CanonicalInvoiceLine, 'unitPrice' | 'per'> => {
  const { unitPrice, amount, quantity } = line;
  if (unitPrice !== undefined || !amount || !quantity) return line;
  if (Number(quantity.value) === 0) return amount.minor === 0 ? { unitPrice: '0' } : {};
  return { unitPrice: quotient(amountText(amount), quantity.value) };
};

const writeLine = (line: CanonicalInvoiceLine): readonly Written[] => {
  const { item, amount, taxPercent, taxCategory } = line;
  const none = [undefined, undefined, undefined];
  const tax = taxCategory
    ? taxPercentSegment(taxPercent ?? '0').map((txi) => [...txi, 'VD', taxCategory])
    : taxPercentSegment(taxPercent);
  return [
    segment('IT1', line.lineNo, ...quantityCells(line.quantity), ...pricedCells(pricedOf(line)), ...itemCells(item)),
    ...tax,
    ...when(amount, segment('PAM', ...none, '1', amount && impliedless(amount))),
    ...descriptionSegments(item),
    ...when(line.orderNumber, segment('REF', 'PO', line.orderNumber)),
    ...when(line.orderLineNo, segment('REF', 'LI', line.orderLineNo)),
    ...chargeSegments(line.allowanceCharges),
  ];
};
const impliedless = (amount: Money) => amountSegment('1', amount)[0]?.[2];

const write = (invoice: CanonicalInvoice, kind: 'invoice' | 'credit-note'): readonly Written[] => {
  const { number, type = '', issued, orderNumber, due, terms, totals, lines } = invoice;
  const isCoded = /^[A-Z]{2}$/.test(type) && CREDITS.has(type) === (kind === 'credit-note');
  const code = isCoded ? type : kind === 'credit-note' ? 'CR' : 'DI';
  const none = Array.from({ length: 5 }, () => undefined);
  const sums = Object.entries(TOTALS) as readonly [keyof typeof TOTALS, string][];
  return [
    segment('BIG', issued && digitsOfDay(issued), number, undefined, orderNumber, undefined, undefined, code),
    ...currencySegment('SE', invoice.currency),
    ...referenceSegments('REF', invoice.references),
    ...noteSegments(invoice.notes),
    ...partySegments('buyer', invoice.buyer),
    ...partySegments('seller', invoice.seller),
    ...partySegments('deliverTo', invoice.deliverTo),
    ...partySegments('billTo', invoice.billTo),
    ...partySegments('remitTo', invoice.remitTo),
    ...when(due ?? terms, segment('ITD', ...none, due && digitsOfDay(due), ...none, terms)),
    ...lines.flatMap(writeLine),
    segment('TDS', totals?.payable ? impliedText(totals.payable) : '0'),
    ...taxSegments(invoice.taxes),
    ...sums.flatMap(([field, qualifier]) => amountSegment(qualifier, totals?.[field])),
    ...chargeSegments(invoice.allowanceCharges),
    segment('CTT', String(lines.length)),
  ];
};

export const invoice: X12Message = {
  type: '810',
  required: { BIG: [1, 2], TDS: [1] },
  layout: loop(
    'ST',
    'BIG NTE CUR REF YNQ PER ITD DTM FOB PID MEA PWK PKG L7 BAL INC PAM TXI AMT',
    NOTE,
    PARTY,
    loop(
      'IT1',
      'CRC QTY CUR IT3 TXI CTP PAM MEA PWK PKG PO4 ITD REF YNQ PER SDQ DTM CAD L7 SR NTE LIN',
      loop('PID', 'MEA'),
      ALLOWANCE,
      loop('SLN', 'DTM REF PID SAC TC2 TXI'),
      AMOUNT,
      NOTE,
      PARTY,
    ),
    loop('TDS', 'TXI CAD AMT', ALLOWANCE, loop('ISS', 'PID')),
    ALLOWANCE,
    loop('CTT'),
  ),
  read: (set, reading) => {
    const isCredit = CREDITS.has(set.first('BIG')?.at(7).trim() ?? '');
    return { kind: isCredit ? 'credit-note' : 'invoice', data: read(set, reading) };
  },
  writer: writerOf('IN', ['invoice', 'credit-note'], write),
};
