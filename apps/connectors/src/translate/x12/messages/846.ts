/** 846 Inventory Inquiry/Advice: what is in stock where. */
import type {
  CanonicalInventoryLine,
  CanonicalInventoryReport,
  ReportedQuantity,
} from '../../../canonical/inventory-report.js';
import { dateTimeOf, digitsOfDay, digitsOfTime, isUtc } from '../../edi/calendar.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type X12Loop, type X12Message } from '../message.js';
import { currencyOf, currencySegment } from '../parts/charges.js';
import { descriptionSegments, descriptionsOf, itemCells, itemOf } from '../parts/items.js';
import { quantityCells } from '../parts/lines.js';
import { PARTY, partyIn, partyOf, partySegments } from '../parts/parties.js';
import {
  noteSegments,
  notesOf,
  NOTE,
  referenceOf,
  referenceSegments,
  referencesOf,
  referencesOfLoops,
} from '../parts/references.js';
import { kindOfQuantity, quantityCode, takeStores, type ByStore } from '../parts/stock.js';
import type { X12Reading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';

/** Reporting location among the N1: 846 says it as ship-from, warehouse, location or plant. */
const LOCATIONS = ['WH', 'LC', 'SF', 'RL', 'PL'];
const locationOf = (reading: X12Reading, parent: X12Loop) => {
  const found = parent.of('N1').find(({ opening }) => LOCATIONS.includes(opening.at(1).trim()));
  return found && partyOf(reading, found);
};

const quantitiesOf = (reading: X12Reading, line: X12Loop): readonly ReportedQuantity[] =>
  line.of('QTY').flatMap((group) => {
    const qty = group.opening;
    // The unit stands in the QTY itself, or in a UIT after it.
    const uit = qty.at(3) === '' ? group.first('UIT') : undefined;
    const sentKind = reading.text(qty, 1);
    const value = reading.decimal(qty, 2);
    const quantity =
      value === undefined ? undefined : { value, ...(uit ? reading.unit(uit, 1, 1) : reading.unit(qty, 3, 1)) };
    return sentKind === undefined || quantity === undefined
      ? []
      : [{ kind: kindOfQuantity(sentKind, reading.context), sentKind, quantity }];
  });

/** What a line says of single stores: below its quantities, or by itself, when it means what is available. */
const storesIn = (reading: X12Reading, line: X12Loop): ByStore => {
  const stores: ByStore = new Map();
  for (const sdq of line.all('SDQ')) takeStores(reading, sdq, { kind: 'available' }, stores);
  for (const group of line.of('QTY')) {
    const sentKind = reading.text(group.opening, 1);
    if (sentKind === undefined) continue;
    const kind = kindOfQuantity(sentKind, reading.context);
    for (const sdq of group.all('SDQ')) takeStores(reading, sdq, { kind, sentKind }, stores);
  }
  return stores;
};

/** One line for the item, and one for each store that is told apart. */
const linesOf = (reading: X12Reading, line: X12Loop, at: number): readonly CanonicalInventoryLine[] => {
  const lin = line.opening;
  const whole = compact<CanonicalInventoryLine>({
    lineNo: reading.text(lin, 1) ?? String(at + 1),
    item: itemOf(
      reading,
      lin,
      2,
      descriptionsOf(
        reading,
        line.of('PID').map((pid) => pid.opening),
      ),
    ),
    quantities: quantitiesOf(reading, line),
    location: locationOf(reading, line),
    lot: referenceOf(reading, [...line.all('REF'), ...line.of('REF').map((ref) => ref.opening)], 'LT', 'BT'),
  });
  const { lineNo, item } = whole;
  const split = [...storesIn(reading, line).values()].map((store) => ({ lineNo, item, ...store }));
  return whole.quantities.length > 0 || split.length === 0 ? [whole, ...split] : split;
};

const write = (report: CanonicalInventoryReport): readonly Written[] => {
  const { number, issued, asOf, lines } = report;
  const zone = asOf && isUtc(asOf) ? 'UT' : undefined;
  return [
    segment('BIA', '00', 'DD', number, issued && digitsOfDay(issued)),
    ...currencySegment('SE', report.currency),
    ...when(asOf, segment('DTM', '007', asOf && digitsOfDay(asOf), asOf && digitsOfTime(asOf), zone)),
    ...referenceSegments('REF', report.references),
    ...noteSegments(report.notes),
    ...partySegments('seller', report.reporter),
    ...partySegments('buyer', report.receiver),
    ...partySegments('warehouse', report.location),
    ...lines.flatMap((line) => [
      segment('LIN', line.lineNo, ...itemCells(line.item)),
      ...descriptionSegments(line.item),
      ...when(line.lot, segment('REF', 'LT', line.lot)),
      ...line.quantities.map(({ kind, sentKind, quantity }) =>
        segment('QTY', quantityCode(kind, sentKind), ...quantityCells(quantity)),
      ),
      ...partySegments('warehouse', line.location),
    ]),
    segment('CTT', String(lines.length)),
  ];
};

export const inventoryAdvice: X12Message = {
  type: '846',
  required: { BIA: [1, 2, 3, 4], LIN: [] },
  layout: loop(
    'ST',
    'BIA CUR DTM REF PER',
    NOTE,
    PARTY,
    loop(
      'LIN',
      'CUR PID MEA PKG DTM CTP REF CTB PO4 SDQ LDT MAN UIT',
      loop('PID', 'MEA'),
      loop('QTY', 'UIT MEA LDT LM LQ SDQ DTM PID'),
      PARTY,
      loop('SLN', 'PID'),
    ),
    loop('CTT'),
  ),
  read: (set, reading) => {
    const bia = set.first('BIA');
    const currency = currencyOf(reading, set);
    const lines = set.of('LIN');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'LIN lines', lines.length);
    const at = set.all('DTM').find((dtm) => ['007', '097', '171', '366'].includes(dtm.at(1).trim()));
    const time = reading.text(bia, 5);
    const issued = reading.day(bia, 4);
    const data = compact<CanonicalInventoryReport>({
      number: reading.needed(bia, 'BIA', 3),
      issued,
      asOf: reading.dateTime(at, 2, 3, 4) ?? (time && bia ? dateTimeOf(bia.at(4).trim(), time) : undefined),
      currency,
      reporter: partyIn(reading, set, 'seller'),
      receiver: partyIn(reading, set, 'buyer'),
      location: locationOf(reading, set),
      references: referencesOf(reading, [...set.all('REF'), ...referencesOfLoops(set)]),
      lines: lines.flatMap((line, index) => linesOf(reading, line, index)),
      notes: notesOf(reading, set),
    });
    return { kind: 'inventory-report', data };
  },
  writer: writerOf('IB', ['inventory-report'], write),
};
