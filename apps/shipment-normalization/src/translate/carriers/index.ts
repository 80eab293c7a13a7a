/**
 * Payloads of carriers -> our milestones. `readTracking` finds the carrier by name and by what the payload looks like;
 * a name alone is not believed, since one carrier has several APIs and folders are named by people.
 */
import { aftership } from './aftership/read.js';
import { asendia } from './asendia/read.js';
import { australiaPost } from './australia-post/read.js';
import { bpost } from './bpost/read.js';
import { canadaPost } from './canada-post/read.js';
import { dhlExpress } from './dhl-express/read.js';
import { dhlUnified } from './dhl-unified/read.js';
import { dpd } from './dpd/read.js';
import { easypost } from './easypost/read.js';
import { fedex } from './fedex/read.js';
import { gls } from './gls/read.js';
import { laPoste } from './la-poste/read.js';
import { landmark } from './landmark/read.js';
import { purolator } from './purolator/read.js';
import { sendle } from './sendle/read.js';
import { teleship } from './teleship/read.js';
import { tnt } from './tnt/read.js';
import { ups } from './ups/read.js';
import { usps } from './usps/read.js';
import { readPayload, type Fault } from './payload.js';
import type { TrackingReading } from './reading.js';
import type { CarrierTranslation } from './translation.js';

export { MAX_PAYLOAD_BYTES, type Fault } from './payload.js';
export type { PackageReading, Status, TrackingEvent, TrackingReading } from './reading.js';
export type { CarrierTranslation } from './translation.js';

/** In the order in which they are asked: those whose payloads are least like another's first. */
export const CARRIERS: readonly CarrierTranslation[] = [
  ups,
  fedex,
  usps,
  dhlExpress,
  dhlUnified,
  canadaPost,
  dpd,
  gls,
  laPoste,
  purolator,
  australiaPost,
  bpost,
  landmark,
  tnt,
  easypost,
  aftership,
  asendia,
  teleship,
  sendle,
];

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');
/** Every name of every carrier, the longest first; of equal ones the first carrier's counts. */
const NAMED = CARRIERS.flatMap((each) =>
  [each.table.carrier, ...each.names].map((name) => ({ each, name: plain(name) })),
)
  // stable: in the order of CARRIERS
  .sort((a, b) => b.name.length - a.name.length);

/** The translation that is called so, or whose name the path or file name begins with. */
const called = (hint: string): CarrierTranslation | undefined => {
  const words = hint.split(/[/\\]/).map(plain).reverse();
  for (const word of words) {
    const found = NAMED.find(({ name }) => word.startsWith(name));
    if (found) return found.each;
  }
  return undefined;
};

const recognised = (tree: unknown, hint: string): CarrierTranslation | undefined => {
  const named = called(hint);
  return named?.recognises(tree) ? named : (CARRIERS.find((each) => each.recognises(tree)) ?? named);
};
/** Name of the carrier that sent this payload; undefined when nobody knows it. `hint`: a name, folder or file name. */
export const detectCarrier = (payload: Uint8Array | string, hint = ''): string | undefined => {
  const read = readPayload(payload);
  return read.form === 'broken' ? undefined : recognised(read.tree, hint)?.table.carrier;
};

const nothing = (carrier: string, fault: Fault): TrackingReading => ({
  carrier,
  status: 'UNKNOWN',
  events: [],
  faults: [fault],
  packages: [],
  mappingVersion: '',
});

/** Never throws: what can't be read has status UNKNOWN and a fault that says why. */
export const readTracking = (carrier: string, payload: Uint8Array | string, day?: string): TrackingReading => {
  const read = readPayload(payload);
  if (read.form === 'broken') return nothing(carrier, read.fault);
  const translation = recognised(read.tree, carrier);
  if (!translation) {
    const text = `no carrier's answer looks like this, and none is called ${carrier || '(nothing)'}`;
    return nothing(carrier, { code: 'carrier-unknown', path: '', text });
  }
  try {
    return translation.read(read.tree, day);
  } catch (error) {
    // A defect of a translation must not lose what a carrier told: the payload is kept, and a person is told.
    const text = `the translation of ${translation.table.carrier} failed: ${String(error).slice(0, 200)}`;
    return nothing(translation.table.carrier, { code: 'translation-failed', path: '', text });
  }
};
