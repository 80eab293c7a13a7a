/** 850 Purchase Order: the buyer orders. */
import type { CanonicalOrder } from '../../../canonical/order.js';
import { compact } from '../../edi/compact.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { loop } from '../../edi/layout.js';
import { purposeCode } from '../../edi/purposes.js';
import { writerOf, type X12Message } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { ALLOWANCE, AMOUNT, HEADER_OWN, LINE_LOOPS, LINE_OWN } from '../parts/lines.js';
import { orderHeaderOf, orderHeaderSegments, orderLine, orderLineOf, totalSegments } from '../parts/orders.js';
import { leadingReferences, NOTE, takeLeading, withLeading } from '../parts/references.js';
import { PARTY } from '../parts/parties.js';
import { segment } from '../writing.js';

/** BEG02 where an order names no type that X12 has: stand-alone order. */
const STAND_ALONE = 'SA';

const write = (order: CanonicalOrder) => {
  const { number, purpose, type = '', issued, lines } = order;
  const release = takeLeading(order.references, 'release');
  const contract = takeLeading(release.rest, 'contract');
  return [
    segment(
      'BEG',
      purposeCode('x12', purpose),
      /^[A-Z0-9]{2}$/.test(type) ? type : STAND_ALONE,
      number,
      release.number,
      issued && digitsOfDay(issued),
      contract.number,
    ),
    ...orderHeaderSegments({ ...order, references: contract.rest }),
    ...lines.flatMap((line) => orderLine('PO1', line)),
    segment('CTT', String(lines.length)),
    ...totalSegments(order.totals),
  ];
};

export const purchaseOrder: X12Message = {
  type: '850',
  required: { BEG: [1, 2, 3, 5], PO1: [] },
  layout: loop(
    'ST',
    `BEG ${HEADER_OWN}`,
    NOTE,
    ALLOWANCE,
    PARTY,
    loop('PO1', LINE_OWN, ...LINE_LOOPS),
    loop('CTT', '', AMOUNT),
  ),
  read: (set, reading) => {
    const beg = set.first('BEG');
    const currency = currencyOf(reading, set);
    const lines = set.of('PO1');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'PO1 lines', lines.length);
    const leading = leadingReferences(reading, beg, { release: 4, contract: 6 });
    const data = compact<CanonicalOrder>({
      number: reading.needed(beg, 'BEG', 3),
      purpose: reading.purpose(beg, 1),
      type: reading.text(beg, 2),
      issued: reading.day(beg, 5),
      currency,
      ...withLeading(orderHeaderOf(reading, set), leading),
      lines: lines.map((line, at) =>
        orderLineOf(reading, line, at, { quantity: 2, unit: [3], price: 4, basis: 5, item: 6, scheduled: true }),
      ),
    });
    return { kind: 'order', data };
  },
  writer: writerOf('PO', ['order'], write),
};
