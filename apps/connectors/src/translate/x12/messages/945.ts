/** 945 Warehouse Shipping Advice: what the warehouse shipped on an order. */
import type { CanonicalWarehouseAdvice, CanonicalWarehouseLine } from '../../../canonical/warehouse-advice.js';
import { compact, some } from '../../edi/compact.js';
import type { X12Loop, X12Message } from '../message.js';
import { partyIn } from '../parts/parties.js';
import { notesOf, referencesOf } from '../parts/references.js';
import { itemLoops, warehouseItemOf, warehouseLayout, withoutEmptyIds } from '../parts/warehouse.js';
import type { X12Reading } from '../reading.js';

const W12 = { tag: 'W12', upc: 6, item: 7, last: 8, lot: 9 } as const;
/** Shipment order status codes (element 368). */
const STATUSES = new Map([
  ['CC', 'shipped'],
  ['CL', 'shipped'],
  ['CP', 'short'],
  ['CN', 'short'],
  ['BO', 'backordered'],
  ['BP', 'backordered'],
  ['SS', 'substituted'],
]);

const lineOf = (reading: X12Reading, { lx, item: line }: { lx?: X12Loop; item: X12Loop }, at: number) => {
  const w12 = line.opening;
  const status = reading.text(w12, 1);
  const packages = (lx?.all('MAN') ?? []).map((man) => reading.text(man, 2)).filter((mark) => mark !== undefined);
  return compact<CanonicalWarehouseLine>({
    lineNo: reading.text(lx?.opening, 1) ?? String(at + 1),
    item: withoutEmptyIds(warehouseItemOf(reading, line, W12)),
    ordered: reading.quantity(w12, 2, [5]),
    quantity: reading.quantity(w12, 3, [5]) ?? { value: '0', ...reading.unit(w12, 5) },
    difference: reading.quantity(w12, 4, [5]),
    status: status && (STATUSES.get(status) ?? status),
    lot: reading.text(w12, W12.lot),
    packages: some(packages),
    references: referencesOf(reading, [...(lx?.all('N9') ?? []), ...line.all('N9')]),
  });
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
    const tracking = refs.filter((n9) => ['2I', 'CN'].includes(n9.at(1))).map((n9) => reading.text(n9, 2));
    const data = compact<CanonicalWarehouseAdvice>({
      number: reading.text(w06, 4) ?? reading.needed(w06, 'W06', 2),
      depositorOrder: reading.text(w06, 2),
      orderNumber: reading.text(w06, 6),
      day: reading.day(w06, 3),
      depositor: partyIn(reading, set, 'depositor'),
      warehouse: partyIn(reading, set, 'warehouse'),
      deliverTo: partyIn(reading, set, 'deliverTo') ?? partyIn(reading, set, 'consignee'),
      carrierCode: reading.text(w27, 2),
      trackingNumbers: some(tracking.filter((number) => number !== undefined)),
      references: referencesOf(reading, refs, ['2I', 'CN']),
      lines: items.map((one, at) => lineOf(reading, one, at)),
      notes: notesOf(reading, set),
    });
    return { kind: 'warehouse-advice', data };
  },
};
