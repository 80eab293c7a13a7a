/** What moved, for partners that are told of it as events: reads the partner's data beside the lane. */
import type { NotedShipment, SendDocumentData } from '@crossdock/contracts';
import { OutsideRefusal, type OutsideAndKept } from '@crossdock/runtime';
import { shippedOf, type Whose } from '../answer/movement.js';
import { receivedOf } from '../answer/received.js';
import type { CanonicalDocument } from '../canonical/document.js';
import { mapDocument, ourItemsOf, type Mappable } from '../map/map-document.js';
import { goodsIn } from '../map/map-receipt.js';
import { glnOf, ONE } from './partner-codes.js';

type Kept = OutsideAndKept['kept'];
export interface MovedContent {
  readonly shipping?: NotedShipment;
  /** the document that was booked as a receipt */
  readonly received?: Pick<Mappable, 'kind' | 'standard' | 'type'> & { readonly receivedAt: string };
}

/** Mapped again as it was when it was booked: by what held on the day on which it came. */
const received = async (
  kept: Kept,
  of: CanonicalDocument,
  { tenant, data }: { readonly tenant: string; readonly data: SendDocumentData },
  { receivedAt: at, ...about }: NonNullable<MovedContent['received']>,
): Promise<CanonicalDocument> => {
  const { partner, canonical = '' } = data;
  const { receipt, faults } = await mapDocument(kept, { tenant, partner, canonical, asOf: at, ...about });
  const goods = goodsIn(of, 'receipt');
  if (!receipt || !goods) throw new OutsideRefusal(0, `it is no receipt any more: ${faults[0]?.text ?? ''}`);
  const ourItem = await ourItemsOf(kept.queries, tenant, [...new Set(receipt.lines.map(({ item }) => item))]);
  const unit = (item: string): string => {
    const known = ourItem(item);
    return known.status === 'known' ? known.baseUnit : ONE;
  };
  const whose = await whoseOf(kept, tenant, data, receipt.node);
  return {
    kind: 'epcis-events',
    data: receivedOf({ canonical: of, goods, receipt, partner, at, unit }, whose),
  };
};
const whoseOf = async ({ queries }: Kept, tenant: string, data: SendDocumentData, node: string): Promise<Whose> => {
  const gln = await glnOf(queries, tenant, data, node);
  return { tenant, ...(gln ? { gln } : {}) };
};

/** Undefined where the document to be sent is no event. */
export const eventsOf = async (
  kept: Kept,
  of: CanonicalDocument,
  question: { readonly tenant: string; readonly data: SendDocumentData },
): Promise<CanonicalDocument | undefined> => {
  const { tenant, data } = question;
  const content = data.content as MovedContent;
  if (content.received) return received(kept, of, question, content.received);
  if (of.kind !== 'order' || !content.shipping) return undefined;
  const whose = await whoseOf(kept, tenant, data, content.shipping.node);
  return { kind: 'epcis-events', data: shippedOf(of.data, content.shipping, whose) };
};
