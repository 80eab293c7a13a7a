/** 861 Receiving Advice/Acceptance Certificate: what the buyer received, and what was wrong with it. */
import type { CanonicalReceiptAdvice, CanonicalReceiptLine } from '../../../canonical/receipt-advice.js';
import type { Quantity } from '../../../canonical/shapes.js';
import { all, OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { descriptionsOf, itemOf } from '../parts/items.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, NOTE, referenceOf, referencesOf } from '../parts/references.js';
import { instancesOf } from '../parts/shipments.js';
import type { X12Reading } from '../reading.js';

type Condition = 'short' | 'oversupplied' | 'rejected';
/** Conditions that say short, over, or refused. */
export const CONDITIONS: CodeTable<Condition> = {
  ...OWN,
  list: 'conditions',
  codeSet: 'X12 412, 004010',
  source: 'X12 data element dictionary, receiving condition code',
  example: { sent: 'RCD*1*8*EA***2*EA*02', code: '02', means: 'short' },
  rows: { ...{ '02': 'short', '03': 'oversupplied' }, ...all('rejected', '01 04 05 06 08 10') },
};
type Exceptions = Partial<Record<Condition, Quantity>>;

/** Pairs of quantity in question and its condition: RCD06-08, 09-11, 12-14 ... */
const exceptionsOf = (reading: X12Reading, line: X12Loop): { exceptions: Exceptions; reasonCode?: string } => {
  const rcd = line.opening;
  const exceptions: Exceptions = {};
  let reasonCode: string | undefined;
  for (let at = 6; at <= rcd.size; at += 3) {
    const [quantity, code] = [reading.quantity(rcd, at, [at + 1, 1]), reading.text(rcd, at + 2)];
    if (quantity === undefined || code === undefined) continue;
    reasonCode ??= code;
    const field = reading.means(CONDITIONS, code);
    if (field) exceptions[field] = quantity;
  }
  return { exceptions, ...(reasonCode !== undefined && { reasonCode }) };
};

const lineOf = (reading: X12Reading, line: X12Loop, at: number): CanonicalReceiptLine => {
  const rcd = line.opening;
  const { exceptions, reasonCode } = exceptionsOf(reading, line);
  const texts = descriptionsOf(reading, [...line.all('PID'), ...line.of('PID').map((pid) => pid.opening)]);
  const item = itemOf(reading, line.all('LIN'), 2, texts);
  return compact<CanonicalReceiptLine>({
    lineNo: reading.text(rcd, 1) ?? String(at + 1),
    orderLineNo: referenceOf(reading, line.all('REF'), 'LI'),
    orderNumber: reading.text(line.first('PRF'), 1) ?? referenceOf(reading, line.all('REF'), 'PO'),
    item,
    received: reading.quantity(rcd, 2, [3, 1]),
    rejected: exceptions.rejected ?? reading.quantity(rcd, 4, [5, 1]),
    short: exceptions.short,
    oversupplied: exceptions.oversupplied,
    reasonCode,
    instances: instancesOf(reading, line, item),
    note: notesOf(reading, line)?.join(' '),
  });
};

export const receivingAdvice: X12Message = {
  type: '861',
  required: { BRA: [1, 2, 3, 4] },
  layout: loop(
    'ST',
    'BRA CUR REF PER DTM PRF TD1 TD3 TD5 PID',
    PARTY,
    NOTE,
    loop(
      'RCD',
      'SN1 CUR LIN PID PO4 REF PER DTM PRF MEA PWK MAN CTP NTE',
      PARTY,
      NOTE,
      loop('SLN', 'PID'),
      loop('LM', 'LQ'),
    ),
    loop('CTT'),
  ),
  read: (set, reading) => {
    const bra = set.first('BRA');
    const refs = set.all('REF');
    const lines = set.of('RCD');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'RCD lines', lines.length);
    const arrived = set.all('DTM').find((dtm) => ['050', '035', '945'].includes(dtm.at(1).trim()));
    const data = compact<CanonicalReceiptAdvice>({
      number: reading.needed(bra, 'BRA', 1),
      issued: reading.day(bra, 2),
      received: reading.dateTime(arrived, 2, 3, 4),
      orderNumber: reading.text(set.first('PRF'), 1) ?? referenceOf(reading, refs, 'PO'),
      despatchNumber: referenceOf(reading, refs, 'SI', 'MA', 'ASN'),
      buyer: partyIn(reading, set, 'buyer'),
      seller: partyIn(reading, set, 'seller'),
      shipFrom: partyIn(reading, set, 'shipFrom'),
      deliverTo: partyIn(reading, set, 'deliverTo'),
      references: referencesOf(reading, refs, ['PO', 'SI', 'MA', 'ASN']),
      lines: lines.map((line, at) => lineOf(reading, line, at)),
      notes: notesOf(reading, set),
    });
    return { kind: 'receipt-advice', data };
  },
};
