/** ORDCHG: the buyer changes an order, or cancels it (function 1). */
import type { CanonicalOrderCancellation } from '../../../canonical/order-cancellation.js';
import type { CanonicalOrderChange, CanonicalOrderChangeLine, LineAction } from '../../../canonical/order-change.js';
import { OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { EdifactMessageType, Group } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { checkTotals, HEADER_GROUPS, HEADER_OWN, LINE, SUMMARY } from '../parts/lines.js';
import { orderHeaderOf, orderLineOf } from '../parts/orders.js';
import { referenceOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';

/** What LIN02 wants of a line. */
export const LINE_CHANGES: CodeTable<LineAction> = {
  ...OWN,
  list: 'actions',
  codeSet: 'EDIFACT 1229, D.96A',
  source: 'UN/EDIFACT code list 1229, action request/notification',
  example: { sent: 'LIN+1+3+4000001000012:EN', code: '3', means: 'change' },
  rows: { '1': 'add', '2': 'delete', '3': 'change', '4': 'none' },
};

/** C509 6411: the unit that a price is for. */
const PRICE_UNIT = 6;
const isUnitless = (line: Group): boolean =>
  line.of('PRI').every(({ opening }) => opening.at(1, PRICE_UNIT).trim() === '');

const lineOf = (reading: EdifactReading, line: Group, at: number): CanonicalOrderChangeLine => {
  const sentAction = reading.text(line.opening, 2);
  const action = reading.means(LINE_CHANGES, sentAction);
  const isUncounted = action === 'change' && line.all('QTY').length === 0;
  return compact<CanonicalOrderChangeLine>({
    ...orderLineOf(reading, line, at),
    action,
    sentAction,
    keepsQuantity: isUncounted ? true : undefined,
    unitUnsaid: isUncounted && isUnitless(line) ? true : undefined,
  });
};

export const orderChange: EdifactMessageType = {
  type: 'ORDCHG',
  required: { BGM: [], DTM: [], UNS: [] },
  layout: loop('UNH', HEADER_OWN, ...HEADER_GROUPS, LINE, SUMMARY),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const currency = currencyOf(reading, message);
    const lines = message.of('LIN');
    checkTotals(reading, message, lines);
    const number = reading.needed(bgm, 'BGM', 2);
    const orderNumber = referenceOf(reading, message, 'ON', 'CO') ?? number;
    const purpose = reading.purpose(bgm, 3);
    const header = orderHeaderOf(reading, message);
    if (purpose === 'cancel') {
      const { issued, buyer, seller, references, notes } = header;
      const data = compact<CanonicalOrderCancellation>({
        number,
        orderNumber,
        issued,
        buyer,
        seller,
        references,
        notes,
      });
      return { kind: 'order-cancellation', data };
    }
    const data = compact<CanonicalOrderChange>({
      number,
      orderNumber,
      sequence: referenceOf(reading, message, 'PP', 'POR'),
      purpose,
      type: reading.text(bgm, 1),
      currency,
      ...header,
      lines: lines.map((line, at) => lineOf(reading, line, at)),
    });
    return { kind: 'order-change', data };
  },
};
