/** UBL TransportationStatus: every cac:Status anywhere below a consignment is one event. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalTransportationStatus, TransportEvent } from '../../canonical/transportation-status.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { dateTimeAt, type Reading } from '../xml/typed.js';
import { notesOf, partyOf, referencesOf } from './parties.js';

const STATUS = ['Status', 'CurrentStatus', 'ReportedTransportEvent', 'TransportEvent'];

const eventOf = (reading: Reading, one: XmlElement, subject: string | undefined): TransportEvent => {
  const status = elementAt(one, 'CurrentStatus') ?? one;
  const location = elementAt(one, 'Location') ?? elementAt(one, 'ReportedShipment', 'Location');
  return filled<TransportEvent>({
    code: textAt(status, 'ConditionCode') ?? textAt(one, 'TransportEventTypeCode'),
    reasonCode: textAt(status, 'StatusReasonCode'),
    text: textAt(status, 'StatusReason') ?? textAt(status, 'Text') ?? textAt(one, 'Description'),
    at:
      dateTimeAt(reading, status, 'ReferenceDate', 'ReferenceTime') ??
      dateTimeAt(reading, one, 'OccurrenceDate', 'OccurrenceTime'),
    place: textAt(location, 'Name') ?? textAt(location, 'ID') ?? textAt(location, 'Address', 'CityName'),
    subject,
  });
};

/** In document order and not recursive; `subject` is the id of the nearest element around it. */
const eventsBelow = (reading: Reading, root: XmlElement): readonly TransportEvent[] => {
  const events: TransportEvent[] = [];
  const open: { readonly at: XmlElement; readonly subject: string | undefined }[] = [{ at: root, subject: undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { at } = next;
    if (STATUS.includes(at.name) && at !== root) {
      events.push(eventOf(reading, at, next.subject));
      continue;
    }
    const subject = at === root ? undefined : (textAt(at, 'ID') ?? next.subject);
    for (const child of [...at.children].reverse()) open.push({ at: child, subject });
  }
  return events;
};

export const readTransportationStatus = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const consignment = elementAt(root, 'Consignment');
  const issuedAt = dateTimeAt(reading, root, 'IssueDate', 'IssueTime');
  const execution = textAt(root, 'TransportExecutionStatusCode');
  const events = eventsBelow(reading, root);
  const data = filled<CanonicalTransportationStatus>(
    {
      number: textAt(root, 'ID') ?? '',
      issued: issuedAt?.slice(0, 10),
      issuedAt: issuedAt !== undefined && issuedAt.length > 10 ? issuedAt : undefined,
      shipmentNumber: textAt(consignment, 'ConsigneeAssignedID') ?? textAt(consignment, 'ID'),
      trackingNumber: textAt(consignment, 'CarrierAssignedID'),
      type: textAt(root, 'TransportationStatusTypeCode'),
      shipper: partyOf(elementAt(consignment, 'ConsignorParty') ?? elementAt(root, 'SenderParty')),
      consignee: partyOf(elementAt(consignment, 'ConsigneeParty') ?? elementAt(root, 'ReceiverParty')),
      references: referencesOf(reading, root),
      events: execution ? [{ code: execution, ...(issuedAt && { at: issuedAt }) }, ...events] : events,
      notes: [...notesOf(root), ...childrenOf(root, 'Description').flatMap((one) => one.text.trim() || [])],
    },
    'events',
  );
  return { kind: 'transportation-status', data };
};
