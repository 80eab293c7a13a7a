/** Shipping and receiving as EPCIS ObjectEvents: what a despatch advice or a receipt advice says happened. */
import type { CanonicalDespatchAdvice, CanonicalDespatchLine } from '../../canonical/despatch-advice.js';
import type { EpcisEvent, EpcQuantity, TypedId } from '../../canonical/epcis-events.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalReceiptAdvice } from '../../canonical/receipt-advice.js';
import type { Item, Party, Quantity } from '../../canonical/shapes.js';

/** When and under which id it happened; places are GLNs or URIs. */
export interface Happened {
  readonly id: string;
  /** instant with its offset */
  readonly at: string;
  /** offset of the place, `+01:00` */
  readonly offset: string;
  /** event ids are URIs of one's own: prefix of document numbers as business transactions */
  readonly documents: string;
}
/** GS1 Digital Link: needs no company prefix, unlike EPC URNs. */
const LINK = 'https://id.gs1.org';
const glnUri = (party: Party | undefined): string | undefined =>
  party?.gln === undefined ? undefined : `${LINK}/414/${party.gln}`;
const gtinUri = (gtin: string): string => `${LINK}/01/${gtin.padStart(14, '0')}`;

/** Rec 20 codes of pieces: EPCIS leaves the unit of counted things out. */
const PIECES = ['EA', 'C62', 'H87'];
const counted = ({ value, unit }: Quantity, epcClass: string): EpcQuantity =>
  filled<EpcQuantity>({ epcClass, quantity: value, unit: PIECES.includes(unit) ? undefined : unit });

/** Serial numbers are objects of their own; the rest is a quantity of a class, by lot where one is known. */
const contentsOf = (item: Item, quantity: Quantity | undefined, instances: CanonicalDespatchLine['instances'] = []) => {
  if (item.gtin === undefined || !quantity) return { epcs: [], quantities: [] };
  const uri = gtinUri(item.gtin);
  const epcs = instances.flatMap(({ serial }) =>
    serial === undefined ? [] : [`${uri}/21/${encodeURIComponent(serial)}`],
  );
  const [only, ...others] = instances;
  const lot = others.length === 0 ? only?.lot : undefined;
  const epcClass = lot === undefined ? uri : `${uri}/10/${encodeURIComponent(lot)}`;
  return { epcs, quantities: epcs.length > 0 ? [] : [counted(quantity, epcClass)] };
};

interface Movement {
  readonly bizStep: string;
  readonly disposition: string;
  readonly readPoint?: string;
  readonly bizLocation?: string;
  readonly packages: readonly string[];
  readonly contents: readonly ReturnType<typeof contentsOf>[];
  readonly transactions: readonly TypedId[];
  readonly from?: Party;
  readonly to?: Party;
}
const owner = (party: Party | undefined): readonly TypedId[] => {
  const id = party?.gln;
  return id === undefined ? [] : [{ type: 'possessing_party', id: `${LINK}/417/${id}` }];
};

/** Whole logistic units go before their contents: an SSCC says all that is within. */
const movement = ({ id, at, offset }: Happened, moved: Movement): EpcisEvent => {
  const loose = moved.packages.length === 0;
  return filled<EpcisEvent>({
    type: 'ObjectEvent',
    id,
    at,
    offset,
    action: 'OBSERVE',
    bizStep: moved.bizStep,
    disposition: moved.disposition,
    readPoint: moved.readPoint,
    bizLocation: moved.bizLocation,
    epcs: loose ? moved.contents.flatMap(({ epcs }) => epcs) : moved.packages.map((sscc) => `${LINK}/00/${sscc}`),
    quantities: loose ? moved.contents.flatMap(({ quantities }) => quantities) : [],
    transactions: moved.transactions,
    sources: owner(moved.from),
    destinations: owner(moved.to),
  });
};
const transaction = (type: string, number: string | undefined, prefix: string): readonly TypedId[] =>
  number === undefined ? [] : [{ type, id: `${prefix}${encodeURIComponent(number)}` }];

export const shippingEvent = (despatch: CanonicalDespatchAdvice, happened: Happened): EpcisEvent =>
  movement(happened, {
    bizStep: 'shipping',
    disposition: 'in_transit',
    readPoint: glnUri(despatch.shipFrom ?? despatch.seller),
    packages: (despatch.packages ?? []).flatMap(({ sscc, within }) =>
      sscc === undefined || within !== undefined ? [] : [sscc],
    ),
    contents: despatch.lines.map(({ item, quantity, instances }) => contentsOf(item, quantity, instances)),
    transactions: [
      ...transaction('po', despatch.orderNumber, happened.documents),
      ...transaction('desadv', despatch.number, happened.documents),
    ],
    from: despatch.shipFrom ?? despatch.seller,
    to: despatch.deliverTo ?? despatch.buyer,
  });

export const receivingEvent = (receipt: CanonicalReceiptAdvice, happened: Happened): EpcisEvent =>
  movement(happened, {
    bizStep: 'receiving',
    disposition: 'in_progress',
    readPoint: glnUri(receipt.deliverTo),
    bizLocation: glnUri(receipt.deliverTo),
    packages: [],
    contents: receipt.lines.map(({ item, received, accepted, instances }) =>
      contentsOf(item, received ?? accepted, instances),
    ),
    transactions: [
      ...transaction('po', receipt.orderNumber, happened.documents),
      ...transaction('desadv', receipt.despatchNumber, happened.documents),
      ...transaction('recadv', receipt.number, happened.documents),
    ],
    from: receipt.shipFrom ?? receipt.seller,
    to: receipt.deliverTo ?? receipt.buyer,
  });
