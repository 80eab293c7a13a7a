/** 945 Warehouse Shipping Advice: what the warehouse shipped on an order. */
import type { CanonicalWarehouseAdvice, CanonicalWarehouseLine } from '../../../canonical/warehouse-advice.js';
import type { CanonicalPackage } from '../../../canonical/despatch-advice.js';
import { all, OWN, type CodeTable } from '../../code-table.js';
import { compact, some } from '../../edi/compact.js';
import type { X12Loop, X12Message } from '../message.js';
import { lotOf, serialOf } from '../parts/items.js';
import { partyIn } from '../parts/parties.js';
import { notesOf, referenceOf, referencesOf } from '../parts/references.js';
import { SSCC_MARKS, ssccOf } from '../parts/shipments.js';
import { itemLoops, reportingOf, warehouseItemOf, warehouseLayout, withoutEmptyIds } from '../parts/warehouse.js';
import type { X12Reading } from '../reading.js';

const W12 = { tag: 'W12', upc: 6, pairs: [7, 17, 21], lot: 9 } as const;
/** What W1201 tells of what becomes of the rest. */
export const STATUSES: CodeTable<string> = {
  ...OWN,
  list: 'answers',
  codeSet: 'X12 368, 004010',
  source: 'X12 data element dictionary, shipment/order status code',
  example: { sent: 'W12*CP*10*8*2*EA**VN*TEA', code: 'CP', means: 'short' },
  rows: {
    ...all('shipped', 'CC CL'),
    ...all('short', 'CP DS IC CU CK'),
    ...all('backordered', 'BK BM BO BP'),
    ...all('partial', 'PR SS'),
    ...all('substituted', 'CS IS'),
  },
};
/** N9 qualifiers of a tracking number: 2I, and CN for the carrier's own (PRO) number. */
const TRACKING = ['2I', 'CN'];
const SERIAL = ['SE', 'SN'];
const LINE = 'LI';

interface Line {
  readonly lx?: X12Loop;
  readonly item: X12Loop;
}
/** MAN01 and MAN02, MAN04 and MAN05 of an LX and its item. */
const marksOf = (reading: X12Reading, { lx, item }: Line): readonly { qualifier: string; mark: string }[] =>
  [...(lx?.all('MAN') ?? []), ...item.all('MAN')].flatMap((man) =>
    [1, 4].flatMap((at) => {
      const mark = reading.text(man, at + 1);
      return mark === undefined ? [] : [{ qualifier: man.at(at).trim(), mark }];
    }),
  );
/** Cartons of a line: one begins at each mark but the carrier's, whose number (CP) belongs to the carton before it. */
const cartonsOf = (reading: X12Reading, line: Line): readonly CanonicalPackage[] => {
  const cartons: CanonicalPackage[] = [];
  for (const { qualifier, mark } of marksOf(reading, line)) {
    const last = cartons.at(-1);
    if (qualifier === 'CP' && last && last.trackingNumber === undefined)
      cartons.splice(-1, 1, { ...last, trackingNumber: mark });
    else if (qualifier === 'CP') cartons.push({ id: mark, trackingNumber: mark });
    else cartons.push({ id: mark, ...(SSCC_MARKS.includes(qualifier) ? { sscc: ssccOf(mark) ?? mark } : {}) });
  }
  const told = referenceOf(reading, [...(line.lx?.all('N9') ?? []), ...line.item.all('N9')], ...TRACKING);
  if (told === undefined) return cartons;
  if (cartons.length === 0) return [{ id: told, trackingNumber: told }];
  return cartons.map((carton) => (carton.trackingNumber === undefined ? { ...carton, trackingNumber: told } : carton));
};

const lineOf = (reading: X12Reading, line: Line, at: number) => {
  const { lx, item: own } = line;
  const w12 = own.opening;
  const status = reading.text(w12, 1);
  const item = withoutEmptyIds(warehouseItemOf(reading, own, W12));
  const n9s = [...(lx?.all('N9') ?? []), ...own.all('N9')];
  const serials = own
    .all('N9')
    .filter((n9) => SERIAL.includes(n9.at(1).trim()))
    .map((n9) => reading.text(n9, 2))
    .filter((serial) => serial !== undefined);
  return compact<CanonicalWarehouseLine>({
    lineNo: reading.text(lx?.opening, 1) ?? String(at + 1),
    item,
    ordered: reading.quantity(w12, 2, [5]),
    quantity: reading.quantity(w12, 3, [5]) ?? { value: '0', ...reading.unit(w12, 5) },
    difference: reading.quantity(w12, 4, [5]),
    status: reading.means(STATUSES, status) ?? status,
    lot: reading.text(w12, W12.lot) ?? referenceOf(reading, own.all('N9'), 'LT') ?? lotOf(item),
    serials: some([...serials, ...[serialOf(item)].filter((serial) => serial !== undefined)]),
    orderLineNo: referenceOf(reading, n9s, LINE),
    packages: some(cartonsOf(reading, line).map(({ id }) => id)),
    references: referencesOf(reading, n9s, [...SERIAL, LINE]),
  });
};
/** Those of which more is known than their marks, each once. */
const cartonsIn = (reading: X12Reading, lines: readonly Line[]): readonly CanonicalPackage[] | undefined => {
  const byId = new Map<string, CanonicalPackage>();
  for (const carton of lines.flatMap((line) => cartonsOf(reading, line)))
    if (!byId.has(carton.id)) byId.set(carton.id, carton);
  return some([...byId.values()]);
};

export const warehouseShippingAdvice: X12Message = {
  type: '945',
  required: { W06: [1], W12: [] },
  layout: warehouseLayout('W06', 'W12'),
  read: (set, reading) => {
    const [w06, w27] = [set.first('W06'), set.first('W27')];
    const items = itemLoops(set, 'W12');
    const refs = set.all('N9');
    reading.summed(
      set.one('W03')?.opening,
      1,
      undefined,
      'W1203',
      items.map(({ item }) => item.opening.at(3)),
    );
    const tracking = refs.filter((n9) => TRACKING.includes(n9.at(1).trim())).map((n9) => reading.text(n9, 2));
    const data = compact<CanonicalWarehouseAdvice>({
      number: reading.text(w06, 4) ?? reading.needed(w06, 'W06', 2),
      depositorOrder: reading.text(w06, 2),
      orderNumber: reading.text(w06, 6),
      reporting: reportingOf(reading, w06),
      day: reading.day(w06, 3),
      depositor: partyIn(reading, set, 'depositor'),
      warehouse: partyIn(reading, set, 'warehouse'),
      deliverTo: partyIn(reading, set, 'deliverTo') ?? partyIn(reading, set, 'consignee'),
      carrierCode: reading.text(w27, 2),
      trackingNumbers: some(tracking.filter((number) => number !== undefined)),
      references: referencesOf(reading, refs, TRACKING),
      cartons: cartonsIn(reading, items),
      lines: items.map((one, at) => lineOf(reading, one, at)),
      notes: notesOf(reading, set),
    });
    return { kind: 'warehouse-advice', data };
  },
};
