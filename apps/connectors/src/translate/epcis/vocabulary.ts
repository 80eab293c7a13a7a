/** Words of EPCIS 2.0 and CBV 2.0 in their short form, whatever form they were sent in. */
import type { EpcisEventType } from '../../canonical/epcis-events.js';

export const EVENT_TYPES: readonly EpcisEventType[] = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
];
export const isEventType = (name: string): name is EpcisEventType => (EVENT_TYPES as readonly string[]).includes(name);

export type Vocabulary = 'bizstep' | 'disp' | 'btt' | 'sdt' | 'er';
/** Web URIs of CBV 2.0 write the vocabulary otherwise than its URNs do. */
const WEB: Readonly<Record<Vocabulary, string>> = {
  bizstep: 'BizStep',
  disp: 'Disp',
  btt: 'BTT',
  sdt: 'SDT',
  er: 'ER',
};

/**
 * `shipping` of `urn:epcglobal:cbv:bizstep:shipping`, `https://ref.gs1.org/cbv/BizStep-shipping`, `cbv:BizStep-shipping`
 * and `shipping`. A word of another vocabulary (a URI of the sender's own) stays whole.
 */
export const shortOf = (vocabulary: Vocabulary, word: string): string => {
  const prefixes = [
    `urn:epcglobal:cbv:${vocabulary}:`,
    `https://ref.gs1.org/cbv/${WEB[vocabulary]}-`,
    `https://gs1.org/voc/${WEB[vocabulary]}-`,
    `cbv:${WEB[vocabulary]}-`,
    `gs1:${WEB[vocabulary]}-`,
  ];
  const prefix = prefixes.find((one) => word.startsWith(one));
  return prefix === undefined ? word : word.slice(prefix.length);
};
export const urnOf = (vocabulary: Vocabulary, word: string): string =>
  /^[A-Za-z][\w-]*$/.test(word) ? `urn:epcglobal:cbv:${vocabulary}:${word}` : word;
