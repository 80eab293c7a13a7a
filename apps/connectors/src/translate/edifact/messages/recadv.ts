/** RECADV: what the buyer received, and what was wrong with it. */
import type { CanonicalReceiptAdvice, CanonicalReceiptLine } from '../../../canonical/receipt-advice.js';
import type { Quantity } from '../../../canonical/shapes.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { EdifactMessageType } from '../message.js';
import { CONSIGNMENT, instancesOf, LINE_OF_CONSIGNMENT, packingOf, type Packed } from '../parts/consignments.js';
import { dayBy, momentBy } from '../parts/dates.js';
import { itemOf } from '../parts/items.js';
import { checkTotals, quantityOf } from '../parts/lines.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { lineOfReference, notesOf, REFERENCE, orderLineNoOf, referenceOf, referencesOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';

/** DTM: arrival, receipt, delivery. */
const RECEIVED = ['50', '310', '35', '178'];
/** References that have a field of their own: order, despatch advice, delivery note. */
const OWN = ['ON', 'AAK', 'DQ'];

const lineOf = (reading: EdifactReading, { line }: Packed, at: number): CanonicalReceiptLine => {
  const qtys = line.all('QTY');
  // QVR (QVA in D.93A): the difference is negative when too little came; C960 says why.
  const qva = line.one('QVA')?.opening ?? line.first('QVA') ?? line.first('QVR');
  const difference = reading.decimal(qva, 1, 1);
  const received = quantityOf(reading, qtys, '48', '46');
  const unit = (received ?? quantityOf(reading, qtys, '12', '194', '21'))?.unit ?? 'EA';
  const isShort = difference?.startsWith('-') === true;
  const off: Quantity | undefined = difference === undefined ? undefined : { value: difference.replace('-', ''), unit };
  return compact<CanonicalReceiptLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    orderLineNo: orderLineNoOf(reading, line),
    orderNumber: referenceOf(reading, line, 'ON'),
    despatchLineNo: lineOfReference(reading, line, 'AAK'),
    item: itemOf(reading, line),
    received,
    accepted: quantityOf(reading, qtys, '194'),
    rejected: quantityOf(reading, qtys, '195', '196'),
    short: isShort ? off : undefined,
    oversupplied: isShort ? undefined : off,
    reasonCode: reading.text(qva, 3, 1) ?? reading.text(qva, 2),
    reason: reading.text(qva, 3, 4),
    instances: instancesOf(reading, line),
    note: notesOf(reading, line.all('FTX'))?.join(' '),
  });
};

export const receivingAdvice: EdifactMessageType = {
  type: 'RECADV',
  required: { BGM: [] },
  layout: loop(
    'UNH',
    'BGM DTM ALI FTX CNT',
    REFERENCE,
    PARTY,
    loop('TOD', 'LOC'),
    loop('TDT', 'DTM', loop('LOC', 'DTM')),
    loop('EQD', 'SEL'),
    LINE_OF_CONSIGNMENT,
    CONSIGNMENT,
  ),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const lines = [
      ...message.of('LIN').map((line) => ({ line, packages: undefined })),
      ...packingOf(reading, message).lines,
    ];
    checkTotals(
      reading,
      message,
      lines.map(({ line }) => line),
    );
    const data = compact<CanonicalReceiptAdvice>({
      number: reading.needed(bgm, 'BGM', 2),
      issued: dayBy(reading, message.all('DTM'), ...ISSUED),
      received: momentBy(reading, message.all('DTM'), ...RECEIVED),
      orderNumber: referenceOf(reading, message, 'ON'),
      despatchNumber: referenceOf(reading, message, 'AAK', 'DQ'),
      buyer: partyIn(reading, message, 'buyer'),
      seller: partyIn(reading, message, 'seller'),
      shipFrom: partyIn(reading, message, 'shipFrom'),
      deliverTo: partyIn(reading, message, 'deliverTo'),
      references: referencesOf(reading, message, OWN),
      lines: lines.map((line, at) => lineOf(reading, line, at)),
      notes: notesOf(reading, message.all('FTX')),
    });
    return { kind: 'receipt-advice', data };
  },
};
