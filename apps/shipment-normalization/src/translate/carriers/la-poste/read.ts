/** La Poste: Suivi v2, one answer or a list of them. The timeline is a picture of the same events: not read. */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, text } from '../tree.js';
import { table } from './table.js';

const answerIn = (answer: unknown, day?: string): PackageReading => {
  const shipment = all(answer, 'shipment')[0];
  const trackingNo = text(shipment, 'idShip') || text(answer, 'idShip');
  if (shipment === undefined) {
    const code = text(answer, 'returnCode') || text(answer, 'code');
    return packageOf({
      trackingNo,
      events: [],
      refused: refusal(code, text(answer, 'returnMessage') || text(answer, 'message')),
    });
  }
  return packageOf({
    trackingNo,
    events: all(shipment, 'event').map((event) =>
      eventOf(
        table,
        { codes: [text(event, 'code')], words: text(event, 'label'), at: momentOf({ date: text(event, 'date') }) },
        day,
      ),
    ),
    estimatedDelivery: momentOf({ date: text(shipment, 'estimDate') }),
  });
};

export const laPoste: CarrierTranslation = {
  table,
  names: ['laposte', 'colissimo', 'chronopost'],
  recognises: (tree) => all(tree, 'returnCode').length > 0 && all(tree, 'lang').length + all(tree, 'idShip').length > 0,
  read: (tree, day) =>
    readingOf(
      table,
      all(tree).map((answer) => answerIn(answer, day)),
    ),
};
