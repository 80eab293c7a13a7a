/** 180 Return Merchandise Authorization and Notification. */
import type { CanonicalReturnLine, CanonicalReturnRequest } from '../../../canonical/return-request.js';
import type { Quantity } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { amountOf, chargesOf, currencyOf } from '../parts/charges.js';
import { descriptionsOf, itemOf } from '../parts/items.js';
import { ALLOWANCE } from '../parts/lines.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, referencesOf } from '../parts/references.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';

/** What the header says for lines that say nothing themselves. */
interface Header {
  readonly order: X12Segment | undefined;
  readonly disposition: X12Segment | undefined;
}
/** BLI03, else the first QTY of the line. */
const quantityOf = (reading: X12Reading, line: X12Loop): Quantity => {
  const [bli, qty] = [line.opening, line.first('QTY')];
  return (
    reading.quantity(bli, 3, [4, 1]) ?? reading.quantity(qty, 2, [3, 1]) ?? { value: '0', ...reading.unit(bli, 4, 1) }
  );
};

const lineOf = (reading: X12Reading, line: X12Loop, at: number, header: Header): CanonicalReturnLine => {
  const bli = line.opening;
  const texts = descriptionsOf(reading, line.all('PID'));
  const rdr = line.first('RDR') ?? header.disposition;
  const amts = [...line.all('AMT')];
  // The item stands in BLI01/02; BLI08 on are further pairs.
  const named = itemOf(reading, bli, [1], texts);
  const more = itemOf(reading, bli, 8);
  const ids = some([...(named.ids ?? []), ...(more.ids ?? [])]);
  const [quantity, unitPrice] = [quantityOf(reading, line), reading.decimal(bli, 6)];
  return compact<CanonicalReturnLine>({
    lineNo: String(at + 1),
    item: { ...more, ...named, ...(ids && { ids }) },
    quantity,
    unitPrice,
    amount: amountOf(reading, amts, '1'),
    orderNumber: reading.text(line.first('PRF') ?? header.order, 1),
    disposition: reading.text(rdr, 1),
    reasonCode: reading.text(rdr, 2),
    allowanceCharges: chargesOf(reading, line, { quantity: quantity.value, price: unitPrice }),
    references: referencesOf(reading, [...line.all('N9'), ...line.all('REF')]),
    note: notesOf(reading, line)?.join(' '),
  });
};

export const returnAuthorization: X12Message = {
  type: '180',
  required: { BGN: [1, 2, 3] },
  layout: loop(
    'ST',
    'BGN RDR PRF DTM N9 REF PER CUR TD5 NTE AMT CTT',
    ALLOWANCE,
    PARTY,
    loop('BLI', 'N9 REF PID RDR AMT NTE PRF DTM QTY PO4 MEA TD5 CRC GF LM MAN', ALLOWANCE, PARTY),
  ),
  read: (set, reading) => {
    const bgn = set.first('BGN');
    currencyOf(reading, set);
    const lines = set.of('BLI');
    reading.counted(set.first('CTT'), 1, undefined, 'BLI lines', lines.length);
    const header = { order: set.first('PRF'), disposition: set.first('RDR') };
    const data = compact<CanonicalReturnRequest>({
      number: reading.needed(bgn, 'BGN', 2),
      purpose: reading.purpose(bgn, 1),
      issued: reading.day(bgn, 3),
      buyer: partyIn(reading, set, 'buyer'),
      seller: partyIn(reading, set, 'seller'),
      deliverTo: partyIn(reading, set, 'deliverTo'),
      references: referencesOf(reading, [...set.all('N9'), ...set.all('REF')]),
      lines: lines.map((line, at) => lineOf(reading, line, at, header)),
      notes: notesOf(reading, set),
    });
    return { kind: 'return-request', data };
  },
};
