/** 860 Purchase Order Change: the buyer changes an order, or cancels it (BCH01 01). */
import type { CanonicalOrderCancellation } from '../../../canonical/order-cancellation.js';
import type { CanonicalOrderChange, CanonicalOrderChangeLine, LineAction } from '../../../canonical/order-change.js';
import { all, OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { ALLOWANCE, AMOUNT, HEADER_OWN, LINE_LOOPS, LINE_OWN } from '../parts/lines.js';
import { orderHeaderOf, orderLineOf } from '../parts/orders.js';
import { PARTY } from '../parts/parties.js';
import { leadingReferences, NOTE, withLeading } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

/**
 * What POC02 wants of a line. What replaces, rejects or takes over a whole line (RC, RE,
 * RM ...) or cancels the whole order (CF) is not mapped: a person decides.
 */
export const LINE_CHANGES: CodeTable<LineAction> = {
  ...OWN,
  list: 'actions',
  codeSet: 'X12 670, 004010',
  source: 'X12 data element dictionary, change or response type code',
  example: { sent: 'POC*1*QI*5*1*EA', code: 'QI', means: 'change' },
  rows: {
    AI: 'add',
    DI: 'delete',
    NC: 'none',
    ...all('change', 'CA CB CC CE CG CH CI CT MU OA OC PC PQ PR QD QI RQ RS RZ TI'),
  },
};

export const POC_ELEMENTS = { quantity: 3, unit: [5, 1], price: 6, basis: 7, item: 8 } as const;
export const POC = loop('POC', `${LINE_OWN} ACK`, ...LINE_LOOPS);

/** POC07 PE: the price is for each, whatever unit was ordered. */
const PER_EACH = 'PE';
const isUnitless = (reading: X12Reading, { opening }: X12Loop): boolean =>
  opening.at(POC_ELEMENTS.unit[0]).trim() === '' && reading.text(opening, POC_ELEMENTS.basis) !== PER_EACH;

const lineOf = (reading: X12Reading, line: X12Loop, at: number): CanonicalOrderChangeLine => {
  const sentAction = reading.text(line.opening, 2);
  const action = reading.means(LINE_CHANGES, sentAction);
  const isUncounted = action === 'change' && line.opening.at(POC_ELEMENTS.quantity).trim() === '';
  return compact<CanonicalOrderChangeLine>({
    ...orderLineOf(reading, line, at, POC_ELEMENTS),
    action,
    sentAction,
    keepsQuantity: isUncounted ? true : undefined,
    unitUnsaid: isUncounted && isUnitless(reading, line) ? true : undefined,
  });
};

export const orderChange: X12Message = {
  type: '860',
  required: { BCH: [1, 2, 3, 6] },
  layout: loop('ST', `BCH ${HEADER_OWN}`, NOTE, ALLOWANCE, PARTY, POC, loop('CTT', '', AMOUNT)),
  read: (set, reading) => {
    const bch = set.first('BCH');
    const currency = currencyOf(reading, set);
    const lines = set.of('POC');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'POC lines', lines.length);
    const orderNumber = reading.needed(bch, 'BCH', 3);
    const sequence = reading.text(bch, 5);
    const number = reading.text(bch, 7) ?? (sequence === undefined ? orderNumber : `${orderNumber}/${sequence}`);
    const purpose = reading.purpose(bch, 1);
    const issued = reading.day(bch, 11) ?? reading.day(bch, 6);
    const leading = leadingReferences(reading, bch, { release: 4, contract: 8 });
    const header = withLeading(orderHeaderOf(reading, set), leading);
    if (purpose === 'cancel') {
      const { buyer, seller, references, notes } = header;
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
      sequence,
      purpose,
      type: reading.text(bch, 2),
      issued,
      currency,
      ...header,
      lines: lines.map((line, at) => lineOf(reading, line, at)),
    });
    return { kind: 'order-change', data };
  },
};
