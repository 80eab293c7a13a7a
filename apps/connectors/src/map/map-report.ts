/** What a partner says it has on hand for us, in our items and base units. Pure. */
import {
  MappedReport,
  type Agreement,
  type DocumentFault,
  type GoodsBooked,
  type ReportedStock,
  type ReportPolicy,
} from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalInventoryLine, CanonicalInventoryReport } from '../canonical/inventory-report.js';
import type { OurItem } from '../domain/our-item.js';
import { codesOfLine, codesOfParty, type Code } from './codes.js';
import { fault, itemMissing, misfitNumber, misfits } from './faults.js';
import { itemOf, nodeOf, type MappingContext } from './map-order.js';
import { unitsIn } from './map-receipt.js';

const POLICIES: Readonly<Partial<Record<GoodsBooked, ReportPolicy>>> = {
  'stock-comparison': 'compare',
  'stock-adjustment': 'adjust',
};
/** All that lies there; what is for sale, on hold or on its way is no measure of it. */
const ON_HAND = new Set(['on-hand', 'ending-balance']);

/** Undefined where nothing is agreed to come of it. */
export const reportIn = (
  canonical: CanonicalDocument,
  books: GoodsBooked | undefined,
): CanonicalInventoryReport | undefined =>
  canonical.kind === 'inventory-report' && books && POLICIES[books] ? canonical.data : undefined;

export const codesOfReport = ({ location, lines }: CanonicalInventoryReport): readonly Code[] => [
  ...[location, ...lines.map((line) => line.location)]
    .flatMap(codesOfParty)
    .map((theirs): Code => ({ list: 'locations', theirs })),
  ...lines.flatMap(({ item, quantities }) => codesOfLine(item, ...quantities.map(({ quantity }) => quantity))),
];

type Context = MappingContext & { readonly agreement: Agreement | undefined };

const rowsOf = (
  line: CanonicalInventoryLine,
  place: number,
  context: Context,
  ourItem: (item: string) => OurItem,
): readonly (ReportedStock | DocumentFault)[] => {
  const told = line.quantities.filter(({ kind }) => ON_HAND.has(kind));
  if (told.length === 0) return [];
  const item = itemOf(line, context);
  if (!item) return [itemMissing(line, place)];
  return told.map(({ quantity }) => {
    const onHand = unitsIn({ quantity }, ourItem(item), context);
    if (typeof onHand === 'number') return { item, onHand };
    return fault(`lines[${place}].quantities`, `line ${line.lineNo}: ${onHand}`);
  });
};

export const mapReport = (
  report: CanonicalInventoryReport,
  context: Context,
  ourItem: (item: string) => OurItem,
): { readonly report?: MappedReport; readonly faults: readonly DocumentFault[] } => {
  const { agreement } = context;
  const policy = agreement?.books && POLICIES[agreement.books];
  const node = nodeOf(report.location, context) ?? agreement?.node;
  const rows = report.lines.flatMap((line, place) => rowsOf(line, place, context, ourItem));
  const elsewhere = report.lines.flatMap((line, place): DocumentFault[] => {
    const at = nodeOf(line.location, context);
    if (at === undefined || at === node) return [];
    return [fault(`lines[${place}].location`, `line ${line.lineNo} is of ${at}, the report of ${node ?? '(none)'}`)];
  });
  const faults = [...rows.filter((row) => 'code' in row), ...elsewhere, ...misfitNumber(report.number)];
  const lines = rows.filter((row): row is ReportedStock => !('code' in row));
  if (node === undefined) faults.push(fault('agreement.node', 'neither a location nor the agreement names our node'));
  if (rows.length === 0) faults.push(fault('lines', 'it tells of nothing that is on hand'));
  if (faults.length > 0 || node === undefined || !policy) return { faults };
  const asOf = report.asOf ?? report.issued;
  const mapped: MappedReport = { node, documentNo: report.number, ...(asOf ? { asOf } : {}), policy, lines };
  const unfit = misfits(MappedReport, mapped);
  return unfit.length === 0 ? { report: mapped, faults } : { faults: unfit };
};
