/** Reads what a document and its partner's data say, and maps it: for the lane's question and for a look without effect. */
import { dayOf, type Instant } from '@crossdock/kernel';
import type {
  MappedAmendment,
  MappedInbound,
  MappedReceipt,
  MappedReport,
  MappedTracking,
  MappingRules,
  ReferenceList,
  ShippingAdvice,
} from '@crossdock/contracts';
import type { Archive, Queries } from '@crossdock/runtime';
import type { ArchivedDocument, CanonicalDocument } from '../canonical/document.js';
import type { CanonicalInventoryReport } from '../canonical/inventory-report.js';
import {
  agreementOn,
  FIRST_MAPPING,
  mappingOn,
  mappingRef,
  oursOn,
  profileOn,
  referenceId,
  type Mapping,
  type Partner,
  type Reference,
} from '../domain/partner.js';
import type { OurItem } from '../domain/our-item.js';
import { knownBy } from '../domain/versions.js';
import { amendmentIn, changeIn, idleIn } from './amendment.js';
import { warehouseOrderRef, type SentWarehouseOrder, type WarehouseOrder } from '../domain/warehouse-order.js';
import { unbookable } from './bookable.js';
import { codesOf, type Code } from './codes.js';
import { mapChange, type Changing } from './map-change.js';
import { mapOrder, type MappedOrder } from './map-order.js';
import { codesOfGoods, goodsIn, itemsOf, mapGoods, type Goods } from './map-receipt.js';
import { codesOfReport, mapReport, reportIn } from './map-report.js';
import { codesOfShipped, mapShipping } from './map-shipping.js';
import { codesOfTracking, mapTracking } from './map-tracking.js';
import { shippedIn, type Shipped } from './shipped.js';

export interface Mapped extends MappedOrder {
  readonly mappingVersion: number;
  readonly amendment?: MappedAmendment;
  readonly receipt?: MappedReceipt;
  readonly inbound?: MappedInbound;
  readonly report?: MappedReport;
  readonly shipping?: ShippingAdvice;
  readonly tracking?: MappedTracking[];
  readonly idle?: string;
}
type Lined = Parameters<typeof itemsOf>[0];
export interface Mappable {
  readonly tenant: string;
  readonly partner: string;
  readonly standard: string;
  readonly type: string;
  readonly kind: string;
  /** archive hash */
  readonly canonical: string;
  readonly asOf: string;
}
interface Kept {
  readonly archive: Archive;
  readonly queries: Queries;
}
const AT_ONCE = 1000;

/** The canonical document as it was archived. */
export const canonicalOf = async (archive: Archive, tenant: string, hash: string): Promise<ArchivedDocument> => {
  const bytes = await archive.read(tenant, hash);
  if (!bytes) throw new Error(`the archive has no ${hash}`);
  return JSON.parse(new TextDecoder().decode(bytes)) as ArchivedDocument;
};

/** By what a document is mapped. */
export interface MapBy {
  /** version of the mapping; the newest that holds on its day when left out */
  readonly version?: number | undefined;
  /** what the partner's data said at this moment; what it says now when left out */
  readonly knownAt?: Instant | undefined;
}
/** Versions of the partner's mapping of a kind; 0 is the one that everybody has. */
export const mappingsOf = async (
  queries: Queries,
  { tenant, partner, kind }: Pick<Mappable, 'tenant' | 'partner' | 'kind'>,
): Promise<Mapping> => {
  const found = await queries.get<Mapping>(tenant, 'mapping', mappingRef(partner, kind).id);
  return found?.state ?? { partner, of: kind, versions: [] };
};

const rulesOf = async (
  queries: Queries,
  document: Mappable,
  { version: wanted, knownAt }: MapBy,
): Promise<{ version: number; rules: MappingRules }> => {
  const mapping = await mappingsOf(queries, document);
  if (wanted === undefined) return mappingOn(knownBy(mapping, knownAt), dayOf(document.asOf));
  const exact = mapping.versions.find(({ version }) => version === wanted);
  return exact ? { version: exact.version, rules: exact.data } : { version: 0, rules: FIRST_MAPPING };
};

const referencesOf = async (
  queries: Queries,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, Reference>> => {
  const known = new Map<string, Reference>();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const { id, state } of await queries.many<Reference>(tenant, 'reference', ids.slice(from, from + AT_ONCE)))
      known.set(id, state);
  return known;
};

export const mapDocument = async (kept: Kept, document: Mappable): Promise<Mapped> =>
  mapCanonical(kept.queries, document, await canonicalOf(kept.archive, document.tenant, document.canonical));

export const mapCanonical = async (
  queries: Queries,
  document: Mappable,
  canonical: CanonicalDocument,
  by: MapBy = {},
): Promise<Mapped> => {
  const { tenant, partner, standard, type, asOf } = document;
  const day = dayOf(asOf);
  const mapping = await rulesOf(queries, document, by);
  const idle = idleIn(canonical);
  if (idle !== undefined) return { idle, faults: [], mappingVersion: mapping.version };
  const amendment = amendmentIn(canonical);
  const changing = amendment?.wish === 'change' ? changeIn(canonical) : undefined;
  if (amendment && !changing) return { amendment, faults: [], mappingVersion: mapping.version };
  const partners = await queries.get<Partner>(tenant, 'partner', partner);
  const profile = partners && profileOn(knownBy(partners.state, by.knownAt), day);
  const agreement = profile && agreementOn(profile, day, { standard, type, direction: 'in' });
  const shipped = agreement?.books === 'shipment' ? shippedIn(canonical) : undefined;
  const goods = goodsIn(canonical, agreement?.books);
  const wrong = shipped || goods ? unbookable(canonical) : [];
  if (wrong.length > 0) return { faults: wrong, mappingVersion: mapping.version };
  const report = reportIn(canonical, agreement?.books);
  const told = agreement?.books === 'tracking' && canonical.kind === 'transportation-status' ? canonical : undefined;
  const codes = told ? codesOfTracking(told.data) : codesIn(canonical, { shipped, goods, report, changing });
  const ids = codes.map(({ list, theirs }) => referenceId(partner, list, theirs));
  const known = await referencesOf(queries, tenant, ids);
  const ours = (list: ReferenceList, theirs: string): string | undefined => {
    const reference = known.get(referenceId(partner, list, theirs));
    return reference && oursOn(knownBy(reference, by.knownAt), day);
  };
  const context = { rules: mapping.rules, agreement, ours };
  const itemsIn = (lines: Lined): Promise<(item: string) => OurItem> =>
    ourItemsOf(queries, tenant, itemsOf(lines, context));
  const mappedOf = async (): Promise<Partial<Mapped>> => {
    if (amendment && changing) {
      const { change, faults } = mapChange(changing, context);
      return { faults, amendment: { ...amendment, ...(change ? { change } : {}) } };
    }
    if (shipped) {
      const order = await orderNamed(queries, tenant, partner, shipped);
      return mapShipping(shipped, { ...context, partner, order, ourItem: await itemsIn(shipped) });
    }
    if (report) return mapReport(report, context, await itemsIn(report));
    if (told) return mapTracking(told.data, { partner, standard, asOf, ours });
    if (goods) return mapGoods(goods, context, await itemsIn(goods));
    return canonical.kind === 'order' ? mapOrder(canonical.data, context) : {};
  };
  return { faults: [], ...(await mappedOf()), mappingVersion: mapping.version };
};

interface Told {
  readonly shipped: Shipped | undefined;
  readonly goods: Goods | undefined;
  readonly report: CanonicalInventoryReport | undefined;
  readonly changing: Changing | undefined;
}
const codesIn = (canonical: CanonicalDocument, { shipped, goods, report, changing }: Told): readonly Code[] => {
  if (changing) return codesOf(changing);
  if (report) return codesOfReport(report);
  if (shipped) return codesOfShipped(shipped);
  if (goods) return codesOfGoods(goods);
  return canonical.kind === 'order' ? codesOf(canonical.data) : [];
};
/** The order to ship that the document answers, if we have sent the partner one of that number. */
const orderNamed = async (
  queries: Queries,
  tenant: string,
  partner: string,
  { order }: Shipped,
): Promise<SentWarehouseOrder | undefined> => {
  if (order === undefined) return undefined;
  const found = await queries.get<WarehouseOrder>(tenant, 'warehouseOrder', warehouseOrderRef(partner, order).id);
  return found?.state.status === 'sent' ? found.state : undefined;
};

const UNKNOWN: OurItem = { status: 'unknown' };
export const ourItemsOf = async (
  queries: Queries,
  tenant: string,
  items: readonly string[],
): Promise<(item: string) => OurItem> => {
  const known = new Map<string, OurItem>();
  for (let from = 0; from < items.length; from += AT_ONCE)
    for (const { id, state } of await queries.many<OurItem>(tenant, 'ourItem', items.slice(from, from + AT_ONCE)))
      known.set(id, state);
  return (item) => known.get(item) ?? UNKNOWN;
};
