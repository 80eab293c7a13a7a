/** 820 Payment Order/Remittance Advice. */
import type { CanonicalRemittanceAdvice, CanonicalRemittanceLine } from '../../../canonical/remittance-advice.js';
import { OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { dayBy } from '../parts/lines.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, referencesOf } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

/** What RMR01 and ADX03 name. */
export const TYPES: CodeTable<string> = {
  ...OWN,
  list: 'document-types',
  codeSet: 'X12 128, 004010',
  source: 'X12 data element dictionary, reference identification qualifier',
  example: { sent: 'RMR*IV*INV-1**100', code: 'IV', means: 'invoice' },
  rows: { IV: 'invoice', CM: 'credit-note', PO: 'order', BM: 'bill-of-lading' },
};
const typeOf = (reading: X12Reading, qualifier: string | undefined): string | undefined =>
  reading.means(TYPES, qualifier) ?? qualifier;

const ADJUSTMENT = loop('ADX', 'NTE PER', loop('REF', 'DTM'), loop('IT1'));

/** A settled document. */
const settledOf = (reading: X12Reading, line: X12Loop, lineNo: string): CanonicalRemittanceLine => {
  const rmr = line.opening;
  const adjustment = line.one('ADX')?.opening;
  return compact<CanonicalRemittanceLine>({
    lineNo,
    documentNumber: reading.text(rmr, 2),
    documentType: typeOf(reading, reading.text(rmr, 1)),
    documentDay: dayBy(reading, line.all('DTM'), '003', '097'),
    paid: reading.money(rmr, 4),
    gross: reading.money(rmr, 5),
    discount: reading.money(rmr, 6),
    adjusted: reading.money(adjustment, 1) ?? reading.money(rmr, 8),
    reasonCode: reading.text(adjustment, 2) ?? reading.text(rmr, 7),
  });
};
/** An adjustment of the payment that belongs to no settled document. */
const adjustmentOf = (reading: X12Reading, line: X12Loop, lineNo: string): CanonicalRemittanceLine => {
  const { opening: adx } = line;
  const refs = line.of('REF');
  const note = refs
    .map(({ opening }) => reading.text(opening, 2))
    .filter((text) => text !== undefined && text !== adx.at(4).trim());
  return compact<CanonicalRemittanceLine>({
    lineNo,
    documentNumber: reading.text(adx, 4),
    documentType: typeOf(reading, reading.text(adx, 3)),
    documentDay: dayBy(
      reading,
      refs.flatMap((ref) => ref.all('DTM')),
      '003',
    ),
    adjusted: reading.money(adx, 1),
    reasonCode: reading.text(adx, 2),
    note: note.join(' ') || undefined,
  });
};

const linesOf = (reading: X12Reading, set: X12Loop): readonly CanonicalRemittanceLine[] => {
  const lines: CanonicalRemittanceLine[] = [];
  const take = (parent: X12Loop): void => {
    for (const line of parent.loops) {
      const lineNo = String(lines.length + 1);
      if (line.opening.tag === 'RMR') lines.push(settledOf(reading, line, lineNo));
      else if (line.opening.tag === 'ADX') lines.push(adjustmentOf(reading, line, lineNo));
    }
  };
  take(set);
  for (const entity of set.of('ENT')) take(entity);
  return lines;
};

export const remittance: X12Message = {
  type: '820',
  required: { BPR: [1, 2, 3, 4] },
  layout: loop(
    'ST',
    'BPR NTE TRN CUR REF DTM',
    PARTY,
    loop('ENT', 'NM1 N2 N3 N4 REF PER', PARTY, ADJUSTMENT, loop('RMR', 'NTE DTM REF', loop('IT1', 'SAC'), ADJUSTMENT)),
    loop('RMR', 'NTE DTM REF', loop('IT1', 'SAC'), ADJUSTMENT),
    ADJUSTMENT,
    loop('TXP'),
  ),
  read: (set, reading) => {
    const [bpr, trn] = [set.first('BPR'), set.first('TRN')];
    const currency = currencyOf(reading, set);
    const amount = reading.money(bpr, 2);
    const data = compact<CanonicalRemittanceAdvice>({
      number: reading.text(trn, 2) ?? set.opening.at(2).trim(),
      issued: dayBy(reading, set.all('DTM'), '097', '020', '007'),
      paymentDay: reading.day(bpr, 16),
      currency,
      amount,
      amountText: reading.decimal(bpr, 2),
      method: reading.text(bpr, 4),
      trace: reading.text(trn, 2),
      payer: partyIn(reading, set, 'payer'),
      payee: partyIn(reading, set, 'payee'),
      references: referencesOf(reading, set.all('REF')),
      lines: linesOf(reading, set),
      notes: notesOf(reading, set),
    });
    return { kind: 'remittance-advice', data };
  },
};
