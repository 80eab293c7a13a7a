/** 832 Price/Sales Catalog. */
import type { CanonicalCatalogue, CanonicalCatalogueLine, CataloguePrice } from '../../../canonical/catalogue.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { currencyOf } from '../parts/charges.js';
import { descriptionsOf, itemOf } from '../parts/items.js';
import { ALLOWANCE, dayBy } from '../parts/lines.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, NOTE, referencesOf, referencesOfLoops } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

const priceOf = (reading: X12Reading, ctp: X12Loop): readonly CataloguePrice[] => {
  const price = reading.decimal(ctp.opening, 3);
  if (price === undefined) return [];
  const minimum = reading.quantity(ctp.opening, 4, [5, 1]);
  return [
    compact<CataloguePrice>({
      price,
      type: reading.text(ctp.opening, 2),
      unit: minimum?.unit,
      minimum,
      from: dayBy(reading, ctp.all('DTM'), '007', '155', '193'),
      to: dayBy(reading, ctp.all('DTM'), '036', '156', '194'),
    }),
  ];
};

const lineOf = (reading: X12Reading, line: X12Loop, at: number): CanonicalCatalogueLine => {
  const lin = line.opening;
  const orders = line.all('CTB').filter((ctb) => ctb.at(1).trim() === 'OR');
  const texts = descriptionsOf(reading, line.all('PID'));
  const minimum = orders.find((ctb) => ctb.at(3).trim() === '57');
  const value = reading.decimal(minimum, 4);
  return compact<CanonicalCatalogueLine>({
    lineNo: reading.text(lin, 1) ?? String(at + 1),
    item: itemOf(reading, lin, 2, texts),
    minimum: value === undefined ? undefined : { value, unit: 'EA' },
    prices: line.of('CTP').flatMap((ctp) => priceOf(reading, ctp)),
    note: notesOf(reading, line)?.join(' '),
  });
};

export const catalog: X12Message = {
  type: '832',
  required: { BCT: [1] },
  layout: loop(
    'ST',
    'BCT CUR REF PER DTM TAX PAM ITD MEA PKG CTB CTP PID',
    NOTE,
    PARTY,
    loop(
      'LIN',
      'G53 DTM REF CTB PID MEA PKG PO4 TD4 PKL SAC FOB CUR',
      loop('CTP', 'DTM CUR'),
      loop('G36', 'DTM'),
      loop('PKL', 'DTM MEA'),
      loop('SLN', 'PID CTP'),
      ALLOWANCE,
      PARTY,
      NOTE,
    ),
    loop('CTT'),
  ),
  read: (set, reading) => {
    const bct = set.first('BCT');
    const currency = currencyOf(reading, set);
    const lines = set.of('LIN');
    reading.counted(set.one('CTT')?.opening, 1, undefined, 'LIN lines', lines.length);
    const data = compact<CanonicalCatalogue>({
      number: reading.text(bct, 2) ?? set.opening.at(2).trim(),
      name: reading.text(bct, 9),
      action: reading.purpose(bct, 10),
      issued: dayBy(reading, set.all('DTM'), '097', '102'),
      from: dayBy(reading, set.all('DTM'), '007', '092', '152'),
      to: dayBy(reading, set.all('DTM'), '036', '093'),
      currency,
      provider: partyIn(reading, set, 'seller'),
      receiver: partyIn(reading, set, 'buyer'),
      references: referencesOf(reading, [...set.all('REF'), ...referencesOfLoops(set)]),
      lines: lines.map((line, at) => lineOf(reading, line, at)),
      notes: notesOf(reading, set),
    });
    return { kind: 'catalogue', data };
  },
};
