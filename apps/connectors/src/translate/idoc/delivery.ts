/** IDoc DELVRY01 to DELVRY07 (messages DESADV, SHPCON, WHSCON): header E1EDL20, items E1EDL24, handling units E1EDL37. */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
  ItemInstance,
} from '../../canonical/despatch-advice.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { Quantity } from '../../canonical/shapes.js';
import { isSscc } from '../gs1.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { missing, type Reading } from '../xml/typed.js';
import { dayAt, itemOf, momentAt, partnerOf, qualified, quantityAt } from './segments.js';

/** A weight that names no unit says nothing. */
const weightAt = (reading: Reading, segment: XmlElement | undefined, value: string): Quantity | undefined =>
  textAt(segment, 'GEWEI') === undefined ? undefined : quantityAt(reading, segment, value, 'GEWEI');

const sscc = (unit: XmlElement): string | undefined => {
  const id = textAt(unit, 'EXIDV')?.replace(/^0+(?=\d{18}$)/, '');
  return id;
};
const packagesOf = (reading: Reading, header: XmlElement): readonly CanonicalPackage[] =>
  childrenOf(header, 'E1EDL37').flatMap((unit) => {
    const id = sscc(unit);
    if (id === undefined) return [];
    return filled<CanonicalPackage>({
      id,
      sscc: isSscc(id) ? id : undefined,
      type: textAt(unit, 'VHILM') ?? textAt(unit, 'VHART'),
      trackingNumber: textAt(unit, 'EXIDV2'),
      weight: weightAt(reading, unit, 'BRGEW'),
    });
  });
/** Handling units by the position of the delivery that they hold. */
const packagesByPosition = (header: XmlElement): ReadonlyMap<string, readonly string[]> => {
  const held = new Map<string, string[]>();
  for (const unit of childrenOf(header, 'E1EDL37')) {
    const id = sscc(unit);
    const positions = new Set(childrenOf(unit, 'E1EDL44').flatMap((one) => textAt(one, 'POSNR') ?? []));
    for (const position of id === undefined ? [] : positions) {
      const ids = held.get(position);
      if (ids) ids.push(id as string);
      else held.set(position, [id as string]);
    }
  }
  return held;
};

const lineOf = (
  reading: Reading,
  held: ReadonlyMap<string, readonly string[]>,
  { item: line, above }: { readonly item: XmlElement; readonly above: XmlElement | undefined },
  index: number,
): CanonicalDespatchLine | undefined => {
  const quantity = quantityAt(reading, line, 'LFIMG', 'VRKME');
  const lineNo = textAt(line, 'POSNR') ?? String(index + 1);
  if (!quantity) {
    if (textAt(line, 'LFIMG') === undefined) missing(reading, line, 'LFIMG');
    return undefined;
  }
  // A batch is of the order that its item is of.
  const said = [line, ...(above ? [above] : [])];
  const order = said.flatMap((one) => qualified(one, 'E1EDL41', 'QUALI', '001') ?? [])[0];
  const first = (name: string): string | undefined => said.flatMap((one) => textAt(one, name) ?? [])[0];
  const instance = filled<ItemInstance>({ lot: textAt(line, 'CHARG'), expires: dayAt(reading, line, 'VFDAT') });
  return filled<CanonicalDespatchLine>(
    {
      lineNo,
      orderLineNo: textAt(order, 'POSEX') ?? first('VGPOS'),
      orderNumber: textAt(order, 'BSTNR') ?? first('VGBEL'),
      item: itemOf(line, 'sellerItem'),
      quantity,
      instances: Object.keys(instance).length > 0 ? [instance] : [],
      packages: held.get(lineNo) ?? held.get(textAt(above, 'POSNR') ?? '') ?? [],
    },
    'item',
  );
};

const isNone = (text: string | undefined): boolean => /^0*(\.0*)?$/.test(text ?? '');
/** Items by what they are a batch of (HIPOS). */
const itemsOf = (header: XmlElement | undefined) => {
  const all = childrenOf(header, 'E1EDL24');
  const byPosition = new Map(all.map((one) => [textAt(one, 'POSNR'), one]));
  const above = (one: XmlElement): XmlElement | undefined => {
    const position = textAt(one, 'HIPOS');
    return isNone(position) ? undefined : byPosition.get(position);
  };
  const split = new Set(all.flatMap((one) => above(one) ?? []));
  // An item that was split into batches says none of their quantity.
  return all
    .filter((one) => !split.has(one) || !isNone(textAt(one, 'LFIMG')))
    .map((item) => ({ item, above: above(item) }));
};

/** E1EDT13 QUALF: 006 goods issue, 007 delivery, 010 picking; actual dates (ISDD) go before planned ones (NTANF). */
const dateOf = (reading: Reading, header: XmlElement, qualifier: string) => {
  const segment = qualified(header, 'E1EDT13', 'QUALF', qualifier);
  return momentAt(reading, segment, 'ISDD', 'ISDZ') ?? momentAt(reading, segment, 'NTANF', 'NTANZ');
};

export const readDelivery = (reading: Reading, document: XmlElement): CanonicalDocument => {
  const header = elementAt(document, 'E1EDL20');
  const number = textAt(header, 'VBELN');
  if (number === undefined) missing(reading, document, 'E1EDL20', 'VBELN');
  const items = itemsOf(header);
  if (items.length === 0) missing(reading, document, 'E1EDL20', 'E1EDL24');
  const parties = header ?? document;
  const held = packagesByPosition(parties);
  const lines = items.flatMap((item, index) => lineOf(reading, held, item, index) ?? []);
  const data = filled<CanonicalDespatchAdvice>(
    {
      number: number ?? '',
      purpose: 'original',
      despatched: dateOf(reading, parties, '006'),
      expected: dateOf(reading, parties, '007'),
      orderNumber: lines.find(({ orderNumber }) => orderNumber !== undefined)?.orderNumber,
      buyer: partnerOf(parties, 'AG'),
      seller: partnerOf(parties, 'LF'),
      shipFrom: partnerOf(parties, 'OSP', 'OSO'),
      deliverTo: partnerOf(parties, 'WE'),
      carrier: partnerOf(parties, 'SP'),
      service: textAt(header, 'VSART') ?? textAt(header, 'ROUTE'),
      trackingNumbers: [textAt(header, 'TRACKN')].filter((one) => one !== undefined),
      billOfLading: textAt(header, 'BOLNR'),
      weight: weightAt(reading, header, 'BTGEW') ?? weightAt(reading, header, 'NTGEW'),
      packageCount: textAt(header, 'ANZPK')?.replace(/^0+(?=\d)/, ''),
      packages: packagesOf(reading, parties),
      lines,
    },
    'lines',
  );
  return { kind: 'despatch-advice', data };
};
