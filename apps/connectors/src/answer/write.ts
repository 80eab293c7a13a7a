/** Bytes of a document for a partner, by the writer of its standard. */
import type { SendDocumentData } from '@crossdock/contracts';
import { bytesOfEdifact, writeEdifact } from '../translate/edifact/write.js';
import { writeEpcisJson } from '../translate/epcis/write.js';
import { writeUbl } from '../translate/ubl/write/write.js';
import { cannotWrite } from '../translate/edi/written.js';
import { writeX12 } from '../translate/x12/write.js';
import type { Party } from '../canonical/shapes.js';
import type { Outgoing } from './acknowledge.js';
import type { Fault } from '../translate/translation.js';

export interface WrittenDocument {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly faults: readonly Fault[];
}
type Envelope = Pick<SendDocumentData, 'standard' | 'type' | 'control' | 'addressing' | 'queuedAt'>;

/** An end of an exchange as a party; the qualifier is a scheme of UBL where it is one of ISO 6523. */
const partyOf = (value: string, qualifier: string | undefined): Party => ({
  ids: [{ ...(qualifier !== undefined && /^\d{4}$/.test(qualifier) && { scheme: qualifier }), value }],
});

export const writeDocument = (
  { standard, type, control, addressing, queuedAt }: Envelope,
  outgoing: readonly Outgoing[],
): WrittenDocument => {
  const { ourId, ourQualifier, theirId, theirQualifier, test } = addressing;
  const ends = {
    sender: { id: ourId, ...(ourQualifier ? { qualifier: ourQualifier } : {}) },
    receiver: { id: theirId, ...(theirQualifier ? { qualifier: theirQualifier } : {}) },
    at: queuedAt.slice(0, 19),
    ...(test ? { test } : {}),
  };
  if (standard === 'X12') {
    const { text, faults } = writeX12(outgoing, { ...ends, control });
    return { bytes: new TextEncoder().encode(text), contentType: 'application/edi-x12', faults };
  }
  if (standard === 'EDIFACT') {
    const { text, faults } = writeEdifact(outgoing, { ...ends, control: String(control) });
    return { bytes: bytesOfEdifact(text), contentType: 'application/edifact', faults };
  }
  if (standard === 'UBL') {
    // XML holds one document; an interchange around it is the transport's.
    const [{ document }] = outgoing as readonly [Outgoing];
    const bytes = writeUbl(document, {
      seller: partyOf(ourId, ourQualifier),
      buyer: partyOf(theirId, theirQualifier),
    });
    const faults = bytes ? [] : [cannotWrite(type, document.kind)];
    return { bytes: bytes ?? new Uint8Array(), contentType: 'application/xml', faults };
  }
  if (standard === 'EPCIS') {
    const [{ document }] = outgoing as readonly [Outgoing];
    const contentType = 'application/ld+json';
    if (document.kind !== 'epcis-events')
      return { bytes: new Uint8Array(), contentType, faults: [cannotWrite(type, document.kind)] };
    const head = { number: String(control), created: queuedAt };
    return { bytes: writeEpcisJson(document.data.events, head), contentType, faults: [] };
  }
  const body = JSON.stringify({ control, type, documents: outgoing.map(({ document }) => document) });
  return { bytes: new TextEncoder().encode(body), contentType: 'application/json', faults: [] };
};
