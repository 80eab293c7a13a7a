/** DHL Express: XML-PI TrackingResponse (AWBInfo), its piece-level form, and MyDHL API (shipmentTrackingNumber). */
import { momentOf } from '../moment.js';
import { eventOf, packageOf, readingOf, refusal, type PackageReading, type TrackingEvent } from '../reading.js';
import type { CarrierTranslation } from '../translation.js';
import { all, joined, text } from '../tree.js';
import { table } from './table.js';

const xmlEvent = (event: unknown, day?: string): TrackingEvent =>
  eventOf(
    table,
    {
      codes: [text(event, 'ServiceEvent', 'EventCode')],
      words: joined(text(event, 'ServiceEvent', 'Description'), text(event, 'EventRemarks', 'FurtherDetails')),
      at: momentOf({ date: text(event, 'Date'), time: text(event, 'Time'), offset: text(event, 'GMTOffset') }),
      place: text(event, 'ServiceArea', 'Description'),
    },
    day,
  );
const restEvent = (event: unknown, day?: string): TrackingEvent =>
  eventOf(
    table,
    {
      codes: [text(event, 'typeCode')],
      words: text(event, 'description'),
      at: momentOf({ date: text(event, 'date'), time: text(event, 'time'), offset: text(event, 'GMTOffset') }),
      place: text(event, 'serviceArea', 'description') || text(event, 'location', 'address', 'addressLocality'),
    },
    day,
  );

/** `success` and `Success` mean found; every other action status says why there is nothing. */
const isFound = (info: unknown): boolean => /^success$/i.test(text(info, 'Status', 'ActionStatus') || 'success');

const awbIn = (info: unknown, day?: string): PackageReading => {
  const trackingNo = text(info, 'AWBNumber') || text(info, 'TrackedBy', 'LPNumber');
  const condition = all(info, 'Status', 'Condition')[0];
  const shipment = all(info, 'ShipmentInfo')[0];
  const own = all(shipment, 'ShipmentEvent');
  const told = own.length > 0 ? own : all(info, 'Pieces', 'PieceInfo', 'PieceEvent');
  if (!isFound(info) && told.length === 0) {
    const words = text(condition, 'ConditionData') || text(info, 'Status', 'ActionStatus');
    return packageOf({ trackingNo, events: [], refused: refusal(text(condition, 'ConditionCode'), words) });
  }
  return packageOf({
    trackingNo,
    events: told.map((event) => xmlEvent(event, day)),
    estimatedDelivery: momentOf({ date: text(shipment, 'EstDlvyDate') }),
  });
};
const shipmentIn = (shipment: unknown, day?: string): PackageReading => {
  const own = all(shipment, 'events');
  const told = own.length > 0 ? own : all(shipment, 'pieces', 'events');
  return packageOf({
    trackingNo: text(shipment, 'shipmentTrackingNumber'),
    events: told.map((event) => restEvent(event, day)),
    estimatedDelivery: momentOf({
      date: text(shipment, 'estimatedDeliveryDate') || text(shipment, 'estimatedTimeOfDelivery'),
    }),
  });
};

const failuresIn = (tree: unknown): readonly unknown[] =>
  ['ShipmentTrackingErrorResponse', 'ErrorResponse', 'TrackingResponse'].flatMap((root) =>
    all(tree, root, 'Response', 'Status'),
  );

export const dhlExpress: CarrierTranslation = {
  table,
  names: ['dhl', 'mydhl', 'dhl-xml'],
  recognises: (tree) =>
    all(tree, 'TrackingResponse', 'AWBInfo').length > 0 ||
    all(tree, 'TrackingResponse', 'Response', 'ServiceHeader').length > 0 ||
    failuresIn(tree).length > 0 ||
    all(tree, 'shipments', 'shipmentTrackingNumber').length > 0 ||
    (text(tree, 'instance').includes('expressapi') && text(tree, 'title') + text(tree, 'detail') !== ''),
  read: (tree, day) => {
    const packages = [
      ...all(tree, 'TrackingResponse', 'AWBInfo').map((info) => awbIn(info, day)),
      ...all(tree, 'shipments').map((shipment) => shipmentIn(shipment, day)),
    ];
    const refused = failuresIn(tree).map((status) => {
      const condition = all(status, 'Condition')[0];
      const words = text(condition, 'ConditionData') || text(status, 'ActionStatus');
      return refusal(text(condition, 'ConditionCode'), words);
    });
    const problem = text(tree, 'title')
      ? [refusal(text(tree, 'status'), text(tree, 'detail') || text(tree, 'title'))]
      : [];
    return readingOf(table, packages, packages.length > 0 ? [] : [...refused, ...problem]);
  },
};
