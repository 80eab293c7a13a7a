/** 943 Warehouse Stock Transfer Shipment Advice and 944 its receipt: stock sent to a warehouse, and what arrived. */
import type { CanonicalStockTransferAdvice, CanonicalWarehouseLine } from '../../../canonical/warehouse-advice.js';
import { compact } from '../../edi/compact.js';
import type { X12Loop, X12Message } from '../message.js';
import { lotOf } from '../parts/items.js';
import { partyIn } from '../parts/parties.js';
import { notesOf, referenceOf, referencesOf } from '../parts/references.js';
import {
  itemLoops,
  quantityOrZero,
  reportingOf,
  warehouseItemOf,
  type WarehouseElements,
  warehouseLayout,
  withoutEmptyIds,
} from '../parts/warehouse.js';
import type { X12Reading } from '../reading.js';

const W04 = { tag: 'W04', upc: 3, pairs: [4, 6, 14] } as const;
const W07 = { tag: 'W07', upc: 3, pairs: [4, 6, 10], lot: 8 } as const;

const linesOf = (reading: X12Reading, set: X12Loop, elements: WarehouseElements): readonly CanonicalWarehouseLine[] =>
  itemLoops(set, elements.tag).map(({ lx, item: line }, at) => {
    const w13 = line.first('W13');
    const item = withoutEmptyIds(warehouseItemOf(reading, line, elements));
    const { lot } = elements;
    return compact<CanonicalWarehouseLine>({
      lineNo: reading.text(lx?.opening, 1) ?? String(at + 1),
      item,
      quantity: quantityOrZero(reading, line.opening, 1, 2),
      difference: reading.quantity(w13, 1, [2]),
      condition: reading.text(w13, 3),
      lot:
        (lot === undefined ? undefined : reading.text(line.opening, lot)) ??
        referenceOf(reading, line.all('N9'), 'LT') ??
        lotOf(item) ??
        reading.text(w13, 4),
      references: referencesOf(reading, line.all('N9')),
    });
  });

type Common = Pick<
  CanonicalStockTransferAdvice,
  'depositor' | 'warehouse' | 'shipFrom' | 'deliverTo' | 'carrierCode' | 'references' | 'notes'
>;
const commonOf = (reading: X12Reading, set: X12Loop): Common =>
  compact<Common>({
    depositor: partyIn(reading, set, 'depositor'),
    warehouse: partyIn(reading, set, 'warehouse'),
    shipFrom: partyIn(reading, set, 'shipFrom'),
    deliverTo: partyIn(reading, set, 'deliverTo'),
    carrierCode: reading.text(set.first('W27'), 2),
    references: referencesOf(reading, set.all('N9')),
    notes: notesOf(reading, set),
  });
const totalled = (reading: X12Reading, set: X12Loop, total: string, tag: string): void =>
  reading.summed(
    set.one(total)?.opening,
    1,
    undefined,
    `${tag}01`,
    itemLoops(set, tag).map(({ item }) => item.opening.at(1)),
  );

export const stockTransferShipment: X12Message = {
  type: '943',
  required: { W06: [1], W04: [] },
  layout: warehouseLayout('W06', W04.tag),
  read: (set, reading) => {
    const w06 = set.first('W06');
    totalled(reading, set, 'W03', W04.tag);
    const data = compact<CanonicalStockTransferAdvice>({
      direction: 'shipped',
      number: reading.text(w06, 4) ?? reading.needed(w06, 'W06', 2),
      depositorOrder: reading.text(w06, 2),
      orderNumber: reading.text(w06, 6),
      reporting: reportingOf(reading, w06),
      day: reading.day(w06, 3),
      ...commonOf(reading, set),
      lines: linesOf(reading, set, W04),
    });
    return { kind: 'stock-transfer-advice', data };
  },
};
export const stockTransferReceipt: X12Message = {
  type: '944',
  required: { W17: [1, 2, 3], W07: [] },
  layout: warehouseLayout('W17', W07.tag),
  read: (set, reading) => {
    const w17 = set.first('W17');
    totalled(reading, set, 'W14', W07.tag);
    const data = compact<CanonicalStockTransferAdvice>({
      direction: 'received',
      number: reading.needed(w17, 'W17', 3),
      depositorOrder: reading.text(w17, 4),
      shipment: reading.text(w17, 5),
      orderNumber: referenceOf(reading, set.all('N9'), 'PO'),
      reporting: reportingOf(reading, w17),
      day: reading.day(w17, 2),
      ...commonOf(reading, set),
      lines: linesOf(reading, set, W07),
    });
    return { kind: 'stock-transfer-advice', data };
  },
};
