/** 940 Warehouse Shipping Order: the depositor asks its warehouse to ship. */
import type { CanonicalWarehouseOrder, CanonicalWarehouseOrderLine } from '../../../canonical/warehouse-order.js';
import { codesFor, OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { sum } from '../../edi/decimal.js';
import { writerOf, type X12Loop, type X12Message } from '../message.js';
import { itemCells, lotOf } from '../parts/items.js';
import { dayBy, daySegment, quantityCells } from '../parts/lines.js';
import { ORDER_STATUSES, orderStatusCode } from '../parts/order-status.js';
import { partyIn, partySegments } from '../parts/parties.js';
import { notesOf, referenceOf, referenceSegments, referencesOf } from '../parts/references.js';
import { itemLoops, quantityOrZero, warehouseItemOf, warehouseLayout, withoutEmptyIds } from '../parts/warehouse.js';
import type { X12Reading } from '../reading.js';
import { pieces } from '../../edi/pieces.js';
import { segment, when, type Cell, type Written } from '../writing.js';

const W01 = { tag: 'W01', upc: 3, pairs: [4, 6, 15], lot: 13 } as const;

const lineOf = (reading: X12Reading, { lx, item: line }: { lx?: X12Loop; item: X12Loop }, at: number) => {
  const w01 = line.opening;
  const item = withoutEmptyIds(warehouseItemOf(reading, line, W01));
  return compact<CanonicalWarehouseOrderLine>({
    lineNo: reading.text(lx?.opening, 1) ?? String(at + 1),
    item,
    quantity: quantityOrZero(reading, w01, 1, 2),
    lot: reading.text(w01, W01.lot) ?? referenceOf(reading, line.all('N9'), 'LT') ?? lotOf(item),
    weight: weightOf(reading, line),
    references: referencesOf(reading, [...(lx?.all('N9') ?? []), ...line.all('N9')]),
  });
};
/** W2004 is the weight, W2006 one letter for its unit. */
export const WEIGHT_UNITS: CodeTable<string> = {
  ...OWN,
  list: 'units',
  codeSet: 'X12 188, 004010',
  source: 'X12 data element dictionary, weight unit code',
  example: { sent: 'W20****12.5*G*K', code: 'K', means: 'KGM' },
  rows: { L: 'LBR', K: 'KGM', O: 'ONZ', G: 'GRM' },
};
const WEIGHT_CODES = codesFor(WEIGHT_UNITS);
const weightOf = (reading: X12Reading, line: X12Loop) => {
  const w20 = line.first('W20');
  const value = reading.decimal(w20, 4);
  const unit = reading.means(WEIGHT_UNITS, reading.text(w20, 6) ?? 'L');
  return value === undefined || unit === undefined ? undefined : { value, unit };
};

const writeLine = (line: CanonicalWarehouseOrderLine): readonly Written[] => {
  const cells: Cell[] = [...quantityCells(line.quantity), undefined];
  const names = itemCells(line.item);
  W01.pairs.forEach((at, pair) => {
    [cells[at - 1], cells[at]] = names.slice(2 * pair, 2 * pair + 2);
  });
  cells[W01.lot - 1] = line.lot;
  const weight = line.weight && WEIGHT_CODES.get(line.weight.unit);
  const none = [undefined, undefined, undefined];
  return [
    segment('LX', line.lineNo),
    ...referenceSegments('N9', line.references),
    segment('W01', ...cells),
    ...pieces(line.item.description ?? '', 45).map((text) => segment('G69', text)),
    ...when(weight, segment('W20', ...none, line.weight?.value, 'G', weight)),
  ];
};

const write = (order: CanonicalWarehouseOrder): readonly Written[] => {
  const { number, purpose, orderNumber, carrierCode, service, lines } = order;
  return [
    segment('W05', orderStatusCode(purpose), number, orderNumber),
    ...partySegments('depositor', order.depositor),
    ...partySegments('warehouse', order.warehouse),
    ...partySegments('deliverTo', order.deliverTo),
    ...partySegments('billTo', order.billTo),
    ...referenceSegments('N9', order.references),
    ...daySegment('G62', '10', order.requestedShip),
    ...daySegment('G62', '02', order.requestedDelivery),
    ...(order.notes ?? []).flatMap((note) => pieces(note, 80).map((text) => segment('NTE', 'GEN', text))),
    ...when(
      carrierCode ?? service,
      segment('W66', 'CC', 'M', undefined, undefined, service, undefined, undefined, undefined, undefined, carrierCode),
    ),
    ...lines.flatMap(writeLine),
    segment('W76', sum(lines.map(({ quantity }) => quantity.value))),
  ];
};

export const warehouseOrder: X12Message = {
  type: '940',
  required: { W05: [1], W01: [] },
  layout: warehouseLayout('W05', 'W01'),
  read: (set, reading) => {
    const [w05, w66] = [set.first('W05'), set.first('W66')];
    const items = itemLoops(set, 'W01');
    const total = set.one('W76')?.opening;
    const quantities = items.map(({ item }) => item.opening.at(1));
    reading.summed(total, 1, undefined, 'W0101', quantities);
    const purpose = reading.text(w05, 1);
    const data = compact<CanonicalWarehouseOrder>({
      number: reading.needed(w05, 'W05', 2),
      purpose: reading.means(ORDER_STATUSES, purpose) ?? purpose,
      orderNumber: reading.text(w05, 3),
      requestedShip: dayBy(reading, set.all('G62'), '10', '37', '38'),
      requestedDelivery: dayBy(reading, set.all('G62'), '02', '17', '70'),
      depositor: partyIn(reading, set, 'depositor'),
      warehouse: partyIn(reading, set, 'warehouse'),
      deliverTo: partyIn(reading, set, 'deliverTo') ?? partyIn(reading, set, 'consignee'),
      billTo: partyIn(reading, set, 'billTo'),
      carrierCode: reading.text(w66, 10),
      service: reading.text(w66, 5),
      references: referencesOf(reading, set.all('N9')),
      lines: items.map((one, at) => lineOf(reading, one, at)),
      notes: notesOf(reading, set),
    });
    return { kind: 'warehouse-order', data };
  },
  writer: writerOf('OW', ['warehouse-order'], write),
};
