/** ORDERS: the buyer orders. */
import type { CanonicalOrder } from '../../../canonical/order.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { purposeCode } from '../../edi/purposes.js';
import { writerOf, type EdifactMessageType } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { checkTotals, HEADER_GROUPS, HEADER_OWN, LINE, mainLines, needQuantity, SUMMARY } from '../parts/lines.js';
import {
  orderHeaderOf,
  orderHeaderSegments,
  orderLineOf,
  orderLineSegments,
  summarySegments,
} from '../parts/orders.js';
import { segment, type Written } from '../writing.js';

/** Document name code (1001) of an order. */
const ORDER = '220';

const write = (order: CanonicalOrder): readonly Written[] => {
  const { number, purpose, type = '', lines, totals } = order;
  return [
    segment('BGM', /^\d{1,3}$/.test(type) ? type : ORDER, number, purposeCode('edifact', purpose)),
    ...orderHeaderSegments(order),
    ...lines.flatMap(orderLineSegments),
    ...summarySegments(lines.length, totals),
  ];
};

export const orders: EdifactMessageType = {
  type: 'ORDERS',
  required: { BGM: [], DTM: [], UNS: [] },
  layout: loop('UNH', HEADER_OWN, ...HEADER_GROUPS, LINE, SUMMARY),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const currency = currencyOf(reading, message);
    const all = message.of('LIN');
    const lines = mainLines(all);
    checkTotals(reading, message, all, lines);
    for (const line of lines) needQuantity(reading, line);
    const data = compact<CanonicalOrder>({
      number: reading.needed(bgm, 'BGM', 2),
      purpose: reading.purpose(bgm, 3),
      type: reading.text(bgm, 1),
      currency,
      ...orderHeaderOf(reading, message),
      lines: lines.map((line, at) => orderLineOf(reading, line, at)),
    });
    return { kind: 'order', data };
  },
  writer: writerOf('EAN008', ['order'], write),
};
