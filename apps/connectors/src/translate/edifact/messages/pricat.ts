/** PRICAT: articles and their prices. */
import type { CanonicalCatalogue, CanonicalCatalogueLine, CataloguePrice } from '../../../canonical/catalogue.js';
import { OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { EdifactMessageType, Group } from '../message.js';
import { CHARGE, currencyOf, TAX, taxCategoryOf, taxPercentOf } from '../parts/charges.js';
import { dayBy } from '../parts/dates.js';
import { itemOf } from '../parts/items.js';
import { checkTotals, quantityOf } from '../parts/lines.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, REFERENCE, referencesOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';

/** What LIN02 wants of a line of the catalogue. */
export const ACTIONS: CodeTable<string> = {
  ...OWN,
  list: 'actions',
  codeSet: 'EDIFACT 1229, D.96A',
  source: 'UN/EDIFACT code list 1229, action request/notification',
  example: { sent: 'LIN+1+3+4000001000012:EN', code: '3', means: 'update' },
  rows: { '1': 'add', '2': 'delete', '3': 'update' },
};
/** DTM: from and to which day it holds. */
const FROM = ['157', '194', '7'];
const TO = ['36', '206'];

const priceOf = (reading: EdifactReading, group: Group): readonly CataloguePrice[] => {
  const pri = group.opening;
  const price = reading.decimal(pri, 1, 2);
  if (price === undefined) return [];
  const per = reading.decimal(pri, 1, 5);
  return [
    compact<CataloguePrice>({
      price,
      currency: reading.text(group.first('CUX'), 1, 2),
      per: per === '1' ? undefined : per,
      unit: reading.text(pri, 1, 6) === undefined ? undefined : reading.unit(pri, 1, 6).unit,
      // RNG: from this quantity on.
      minimum: reading.quantity(group.first('RNG'), [2, 2], [2, 1]),
      type: reading.text(pri, 1, 1),
      from: dayBy(reading, group.all('DTM'), ...FROM),
      to: dayBy(reading, group.all('DTM'), ...TO),
    }),
  ];
};

const lineOf = (reading: EdifactReading, line: Group, at: number): CanonicalCatalogueLine => {
  const action = reading.text(line.opening, 2);
  const qtys = line.all('QTY');
  return compact<CanonicalCatalogueLine>({
    lineNo: reading.text(line.opening, 1) ?? String(at + 1),
    action: reading.means(ACTIONS, action),
    item: itemOf(reading, line),
    minimum: quantityOf(reading, qtys, '53'),
    maximum: quantityOf(reading, qtys, '54'),
    prices: line.of('PRI').flatMap((price) => priceOf(reading, price)),
    taxCategory: taxCategoryOf(reading, line),
    taxPercent: taxPercentOf(reading, line),
    note: notesOf(reading, line.all('FTX'))?.join(' '),
  });
};

/** LIN group of PRICAT, in the message or below a product group. */
const ARTICLE = loop(
  'LIN',
  'PIA IMD MEA QTY HAN ALI DTM DOC FTX PGI GIN',
  TAX,
  PARTY,
  REFERENCE,
  loop('LOC', 'DTM'),
  CHARGE,
  loop('PRI', 'CUX APR RNG DTM QTY'),
  loop('PAC', 'MEA QTY HAN PCI'),
  loop('PAT', 'DTM PCD MOA'),
  loop('TDT', 'TSR'),
);

export const priceCatalogue: EdifactMessageType = {
  type: 'PRICAT',
  required: { BGM: [], DTM: [] },
  layout: loop(
    'UNH',
    'BGM DTM ALI FTX CNT',
    REFERENCE,
    PARTY,
    TAX,
    loop('CUX', 'DTM'),
    loop('PAT', 'DTM PCD MOA'),
    loop('TDT', 'LOC'),
    loop('TOD', 'LOC'),
    CHARGE,
    loop('PGI', 'DTM QTY ALI', loop('PRI', 'CUX APR RNG DTM'), ARTICLE),
    ARTICLE,
    loop('UNS', 'CNT'),
  ),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const currency = currencyOf(reading, message);
    const lines = message.loops.flatMap((group) => (group.opening.tag === 'LIN' ? [group] : group.of('LIN')));
    checkTotals(reading, message, lines);
    const data = compact<CanonicalCatalogue>({
      number: reading.needed(bgm, 'BGM', 2),
      action: reading.purpose(bgm, 3),
      issued: dayBy(reading, message.all('DTM'), ...ISSUED),
      from: dayBy(reading, message.all('DTM'), ...FROM),
      to: dayBy(reading, message.all('DTM'), ...TO),
      currency,
      provider: partyIn(reading, message, 'seller'),
      receiver: partyIn(reading, message, 'buyer'),
      references: referencesOf(reading, message),
      lines: lines.map((line, at) => lineOf(reading, line, at)),
      notes: notesOf(reading, message.all('FTX')),
    });
    return { kind: 'catalogue', data };
  },
};
