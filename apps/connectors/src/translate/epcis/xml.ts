/** EPCIS in XML: 2.0, and 1.x where events stand within extension elements. */
import { childrenOf, elementAt, elementsIn, textAt, textsOf, type XmlElement } from '../xml/element.js';
import type { SentDocument } from './json.js';
import type { SentEvent, SentTyped } from './event.js';
import { isEventType } from './vocabulary.js';

/** EPCIS 1.x hid newer fields in <extension> and <baseExtension>; 2.0 has them in the event itself. */
const unfolded = (element: XmlElement): readonly XmlElement[] =>
  element.children.flatMap((one) => (/^(base)?extension$/i.test(one.name) ? [one, ...unfoldedOnce(one)] : [one]));
const unfoldedOnce = (element: XmlElement): readonly XmlElement[] =>
  element.children.flatMap((one) => (one.name === 'extension' ? [one, ...one.children] : [one]));

const typed = (list: XmlElement | undefined, item: string): readonly SentTyped[] =>
  childrenOf(list, item).map((one) => ({ type: one.attributes.type?.trim(), id: one.text.trim() || undefined }));

const sentOf = (element: XmlElement): SentEvent => {
  const fields: XmlElement = { ...element, children: unfolded(element) };
  const list = (name: string) => elementAt(fields, name);
  const error = list('errorDeclaration');
  const persistent = list('persistentDisposition');
  return {
    type: element.name,
    text: (name) => textAt(fields, name),
    id: (name) => textAt(fields, name, 'id'),
    list: (name) => textsOf(list(name), 'epc'),
    quantities: (name) =>
      childrenOf(list(name), 'quantityElement').map((one) => ({
        epcClass: textAt(one, 'epcClass'),
        quantity: textAt(one, 'quantity'),
        uom: textAt(one, 'uom'),
      })),
    typed: (name, item) => typed(list(name), item),
    error: error && {
      declared: textAt(error, 'declarationTime'),
      reason: textAt(error, 'reason'),
      corrective: textsOf(elementAt(error, 'correctiveEventIDs'), 'correctiveEventID'),
    },
    persistent: { set: textsOf(persistent, 'set'), unset: textsOf(persistent, 'unset') },
  };
};

/** Events, and whatever else stands in an EventList but its extensions. */
const eventsBelow = (root: XmlElement): readonly XmlElement[] =>
  elementsIn([root], ({ name, parent }) => isEventType(name) || (parent?.name === 'EventList' && name !== 'extension'));

/** What a SOAP envelope holds: the answer of a repository to a query. */
const insideOf = (root: XmlElement): XmlElement =>
  root.name === 'Envelope' ? (elementAt(root, 'Body')?.children[0] ?? root) : root;

export const readEpcisXml = (sent: XmlElement): SentDocument => {
  const root = insideOf(sent);
  const header = elementAt(root, 'EPCISHeader', 'StandardBusinessDocumentHeader');
  return {
    type: root.name,
    number: textAt(header, 'DocumentIdentification', 'InstanceIdentifier'),
    created: root.attributes.creationDate,
    release: root.attributes.schemaVersion,
    sender: textAt(header, 'Sender', 'Identifier'),
    receiver: textAt(header, 'Receiver', 'Identifier'),
    events: eventsBelow(root).map(sentOf),
  };
};
