/** Reads EPCIS 2.0 documents, JSON-LD or XML, into the same canonical events. */
import { filled } from '../../canonical/filled.js';
import type { CanonicalEpcisEvents } from '../../canonical/epcis-events.js';
import { readJson } from '../json.js';
import type { Fault, Interchange, TranslatedDocument, Translation } from '../translation.js';
import { readXml } from '../xml/read.js';
import { eventFigures, eventOf } from './event.js';
import { readEpcisJson, type SentDocument } from './json.js';
import { readEpcisXml } from './xml.js';

const isXml = (bytes: Uint8Array): boolean => {
  const first = bytes.subarray(0, 64).find((byte) => byte > 0x20 && byte < 0x7f);
  return first === 0x3c;
};
const sentOf = (bytes: Uint8Array): SentDocument | { readonly fault: Fault } => {
  if (isXml(bytes)) {
    const read = readXml(bytes);
    return 'fault' in read ? read : readEpcisXml(read.root);
  }
  const read = readJson(bytes);
  return 'fault' in read ? read : readEpcisJson(read.value);
};

export const readEpcis: Translation = (bytes): Interchange => {
  const sent = sentOf(bytes);
  if ('fault' in sent) return { standard: 'EPCIS', documents: [], faults: [sent.fault] };
  const faults: Fault[] = [];
  const events = sent.events.flatMap((one, index) => eventOf(one, `/eventList[${index + 1}]`, faults) ?? []);
  if (sent.events.length === 0)
    faults.push({ code: 'element-missing', path: '/eventList', text: 'the document holds no event' });
  const data = filled<CanonicalEpcisEvents>({ number: sent.number, created: sent.created, events }, 'events');
  const document: TranslatedDocument = {
    standard: 'EPCIS',
    type: sent.type,
    ...(sent.release !== undefined && { release: sent.release }),
    ...(sent.number !== undefined && { number: sent.number }),
    figures: { type: sent.type, events: sent.events.map(eventFigures) },
    ...(events.length > 0 && { canonical: { kind: 'epcis-events', data } }),
    faults,
  };
  return {
    standard: 'EPCIS',
    ...(sent.sender !== undefined && { sender: sent.sender }),
    ...(sent.receiver !== undefined && { receiver: sent.receiver }),
    documents: [document],
    faults: [],
  };
};
