/** Parts of LIN groups that several messages share. */
import type { Quantity } from '../../../canonical/shapes.js';
import { loop } from '../../edi/layout.js';
import type { Group } from '../message.js';
import { placeOf } from '../../edi/segment.js';
import type { EdifactReading } from '../reading.js';
import type { EdifactSegment } from '../segment.js';
import { segment, type Written } from '../writing.js';
import { CHARGE, PRICE, TAX } from './charges.js';
import { PARTY } from './parties.js';
import { REFERENCE } from './references.js';

/** LIN group of orders and invoices (ORDERS, ORDCHG, ORDRSP, INVOIC). */
export const LINE = loop(
  'LIN',
  'PIA IMD MEA QTY PCD ALI DTM MOA GIN GIR QVR DOC PAI FTX INV',
  loop('PAT', 'DTM PCD MOA'),
  loop('CCI', 'CAV MEA'),
  PRICE,
  REFERENCE,
  loop('PAC', 'MEA QTY DTM EQD', loop('RFF', 'DTM'), loop('PCI', 'RFF DTM GIN')),
  loop('LOC', 'QTY PCD DTM'),
  TAX,
  PARTY,
  CHARGE,
  loop('TDT', '', loop('LOC', 'DTM')),
  loop('TOD', 'LOC'),
  loop('RCS', 'RFF DTM FTX'),
  loop('SCC', 'FTX RFF', loop('QTY', 'DTM')),
);
/** Header of orders and invoices. */
export const HEADER_OWN = 'BGM DTM PAI ALI IMD FTX GIR GIS MOA CNT';
export const HEADER_GROUPS = [
  REFERENCE,
  PARTY,
  TAX,
  loop('CUX', 'PCD DTM'),
  loop('PAT', 'DTM PCD MOA PAI FII'),
  loop('TDT', '', loop('LOC', 'DTM'), loop('RFF', 'DTM')),
  loop('TOD', 'LOC'),
  loop('PAC', 'MEA', loop('PCI', 'RFF DTM GIN')),
  loop('EQD', 'HAN MEA FTX'),
  loop('SCC', 'FTX RFF', loop('QTY', 'DTM')),
  loop('APR', 'DTM RNG'),
  CHARGE,
  loop('RCS', 'RFF DTM FTX'),
];
/** Summary after UNS. */
export const SUMMARY = loop('UNS', 'MOA CNT FTX', TAX, CHARGE, loop('RFF', 'DTM'));

/** Quantity of the first QTY with one of the qualifiers, in the order of the qualifiers. */
export const quantityOf = (
  reading: EdifactReading,
  qtys: readonly EdifactSegment[],
  ...qualifiers: readonly string[]
): Quantity | undefined => {
  for (const qualifier of qualifiers) {
    const found = qtys.find((qty) => qty.at(1).trim() === qualifier);
    if (found) return reading.quantity(found, [1, 2], [1, 3]);
  }
  return undefined;
};
/** As `quantityOf`; a line without any has none, in the unit where none is said. */
export const orderedOf = (
  reading: EdifactReading,
  qtys: readonly EdifactSegment[],
  ...qualifiers: readonly string[]
): Quantity => {
  const [first] = qtys;
  const any = first && reading.quantity(first, [1, 2], [1, 3]);
  return quantityOf(reading, qtys, ...qualifiers) ?? any ?? { value: '0', unit: 'EA' };
};
/** LIN04-1: the line is a part of another, such as the content of an assortment. */
const SUB_LINE = '1';
/** Lines that are ordered or billed. What an assortment is made of stands below it as sub-lines: it comes with it. */
export const mainLines = (lines: readonly Group[]): readonly Group[] =>
  lines.filter(({ opening }) => opening.at(4).trim() !== SUB_LINE);

/** A line of an order must say how many. */
export const needQuantity = (reading: EdifactReading, line: Group): void => {
  if (line.all('QTY').length > 0) return;
  const place = placeOf(line.opening);
  reading.fault('element-missing', place, `${place} has no QTY`);
};
/** The unit is left out for each: EDIFACT says it only where it is another. */
export const quantitySegment = (qualifier: string, quantity: Quantity | undefined): readonly Written[] => {
  if (!quantity) return [];
  const { value, unit, sentUnit } = quantity;
  return [segment('QTY', [qualifier, value, unit === 'EA' ? undefined : unit === 'ZZ' ? (sentUnit ?? unit) : unit])];
};

/** CNT of the summary: 2 is the number of lines, 1 the sum of their quantities. */
export const checkTotals = (
  reading: EdifactReading,
  message: Group,
  ...counts: readonly (readonly Group[])[]
): void => {
  const cnts = [...message.all('CNT'), ...(message.one('UNS')?.all('CNT') ?? [])];
  for (const cnt of cnts) {
    if (cnt.at(1).trim() === '2') reading.counted(cnt, 1, 2, 'LIN lines', ...counts.map(({ length }) => length));
  }
};
export const countSegment = (lines: number): Written => segment('CNT', ['2', String(lines)]);
