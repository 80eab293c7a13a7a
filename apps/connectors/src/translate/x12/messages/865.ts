/** 865 Purchase Order Change Acknowledgment: the seller answers a change, or asks for one. */
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
  changedLine,
  responseCode,
  responseHeaderOf,
  responseHeaderSegments,
  responseLinesOf,
  responseStatusOf,
  responseTrailerSegments,
} from '../parts/responses.js';
import { segment } from '../writing.js';
import { ACKNOWLEDGED } from './855.js';
import { POC_ELEMENTS } from './860.js';

/** BCA01 of an answer to a buyer's change: change. */
const CHANGE = '04';

const write = (response: CanonicalOrderResponse) => {
  const { number, orderNumber, issued, lines } = response;
  const day = issued && digitsOfDay(issued);
  const none = [undefined, undefined];
  const release = takeLeading(response.references, 'release');
  return [
    segment('BCA', CHANGE, responseCode(response), orderNumber, release.number, undefined, day, ...none, number, day),
    ...responseHeaderSegments({ ...response, references: release.rest }),
    ...lines.flatMap(changedLine),
    ...responseTrailerSegments(response),
  ];
};

export const changeAcknowledgment: X12Message = {
  type: '865',
  required: { BCA: [1, 3, 6] },
  layout: loop(
    'ST',
    `BCA ${HEADER_OWN}`,
    NOTE,
    ALLOWANCE,
    PARTY,
    loop('POC', LINE_OWN, ACKNOWLEDGED, ...LINE_LOOPS),
    loop('CTT', '', AMOUNT),
  ),
  read: (set, reading) => {
    const bca = set.first('BCA');
    const currency = currencyOf(reading, set);
    const lines = set.of('POC');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'POC lines', lines.length);
    const orderNumber = reading.needed(bca, 'BCA', 3);
    const sentStatus = reading.text(bca, 2);
    const data = compact<CanonicalOrderResponse>({
      number: reading.text(bca, 9) ?? reading.text(bca, 7) ?? orderNumber,
      orderNumber,
      issued: reading.day(bca, 10) ?? reading.day(bca, 6),
      status: responseStatusOf(sentStatus, reading.context),
      sentStatus,
      currency,
      ...withLeading(responseHeaderOf(reading, set), leadingReferences(reading, bca, { release: 4 })),
      lines: lines.flatMap((line, at) => responseLinesOf(reading, line, at, POC_ELEMENTS)),
    });
    return { kind: 'order-response', data };
  },
  writer: writerOf('CA', ['order-response'], write),
};
