/** 855 Purchase Order Acknowledgment: the seller answers an order. */
import type { CanonicalOrderResponse } from '../../../canonical/order-response.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type X12Message } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { ALLOWANCE, AMOUNT, HEADER_OWN, LINE_LOOPS, LINE_OWN } from '../parts/lines.js';
import { PARTY } from '../parts/parties.js';
import { leadingReferences, NOTE, takeLeading, withLeading } from '../parts/references.js';
import {
  responseCode,
  responseHeaderOf,
  responseHeaderSegments,
  responseLine,
  responseLinesOf,
  responseStatusOf,
  responseTrailerSegments,
} from '../parts/responses.js';
import { segment } from '../writing.js';

export const ACKNOWLEDGED = loop('ACK', 'DTM');

const write = (response: CanonicalOrderResponse) => {
  const { number, orderNumber, issued, lines } = response;
  const day = issued && digitsOfDay(issued);
  const none = [undefined, undefined];
  const release = takeLeading(response.references, 'release');
  return [
    segment('BAK', '00', responseCode(response), orderNumber, day, release.number, ...none, number, day),
    ...responseHeaderSegments({ ...response, references: release.rest }),
    ...lines.flatMap(responseLine),
    ...responseTrailerSegments(response),
  ];
};

export const orderAcknowledgment: X12Message = {
  type: '855',
  required: { BAK: [1, 2, 3, 4] },
  layout: loop(
    'ST',
    `BAK ${HEADER_OWN}`,
    NOTE,
    ALLOWANCE,
    PARTY,
    loop('PO1', LINE_OWN, ACKNOWLEDGED, ...LINE_LOOPS),
    loop('CTT', '', AMOUNT),
  ),
  read: (set, reading) => {
    const bak = set.first('BAK');
    const currency = currencyOf(reading, set);
    const lines = set.of('PO1');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'PO1 lines', lines.length);
    const orderNumber = reading.needed(bak, 'BAK', 3);
    const sentStatus = reading.text(bak, 2);
    const data = compact<CanonicalOrderResponse>({
      number: reading.text(bak, 8) ?? orderNumber,
      orderNumber,
      issued: reading.day(bak, 9) ?? reading.day(bak, 4),
      status: responseStatusOf(sentStatus, reading.context),
      sentStatus,
      currency,
      ...withLeading(responseHeaderOf(reading, set), leadingReferences(reading, bak, { release: 5 })),
      lines: lines.flatMap((line, at) =>
        responseLinesOf(reading, line, at, { quantity: 2, unit: [3], price: 4, basis: 5, item: 6 }),
      ),
    });
    return { kind: 'order-response', data };
  },
  writer: writerOf('PR', ['order-response'], write),
};
