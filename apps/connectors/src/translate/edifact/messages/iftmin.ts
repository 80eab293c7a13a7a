/** IFTMIN: an instruction to move goods. */
import type { CanonicalGoodsLine, CanonicalTransportInstruction } from '../../../canonical/transport-instruction.js';
import type { Party } from '../../../canonical/shapes.js';
import { compact, filled, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { EdifactMessageType, Group } from '../message.js';
import { identitiesOf, measureOf } from '../parts/consignments.js';
import { dayBy, momentBy } from '../parts/dates.js';
import { itemOfNumbers, numbersOf } from '../parts/items.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, REFERENCE, referencesOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';

/** DTM: collection and despatch; delivery. */
const COLLECT = ['200', '234', '10', '11', '196'];
const DELIVER = ['2', '64', '63', '17', '235'];

const lineOf = (reading: EdifactReading, goods: Group, at: number): CanonicalGoodsLine => {
  const gid = goods.opening;
  const packages = identitiesOf(reading, goods.deep('GIN'), 'BJ', 'AW', 'BN', 'ML');
  const value = reading.decimal(gid, 2, 1);
  const type = reading.text(gid, 2, 2);
  const meas = [...goods.deep('MEA')];
  const numbers = goods.all('PIA').flatMap((pia) => numbersOf(reading, pia));
  return compact<CanonicalGoodsLine>({
    lineNo: reading.text(gid, 1) ?? String(at + 1),
    item: itemOfNumbers(numbers, notesOf(reading, goods.all('FTX'))?.join(' ')),
    // The kind of package is a Rec 21 code, which is no unit of Rec 20: it stands as it was sent.
    quantity: value === undefined ? undefined : { value, unit: 'EA', ...(type !== undefined && { sentUnit: type }) },
    weight: measureOf(reading, meas, 'G', 'AAB', 'AAD', 'WT'),
    volume: measureOf(reading, meas, 'AAW', 'ABJ', 'VOL'),
    packages: some(packages),
    references: referencesOf(reading, goods),
  });
};

type Place = NonNullable<CanonicalTransportInstruction['places']>[number];
const placesOf = (reading: EdifactReading, message: Group): readonly Place[] | undefined =>
  some(
    [
      ...message.of('LOC').map(({ opening }) => opening),
      ...message.of('TDT').flatMap((tdt) => tdt.of('LOC').map(({ opening }) => opening)),
    ].flatMap((loc) => {
      const kind = reading.text(loc, 1);
      return kind === undefined
        ? []
        : [compact<Place>({ kind, code: reading.text(loc, 2, 1), name: reading.text(loc, 2, 4) })];
    }),
  );

/** Who moves the goods, where the means of transport names it (TDT05) and no party does. */
const carrierOf = (reading: EdifactReading, message: Group): Party | undefined => {
  const named = message.of('TDT').find(({ opening }) => opening.at(5).trim() !== '')?.opening;
  const [id, name] = [reading.text(named, 5, 1), reading.text(named, 5, 4)];
  return filled(compact<Party>({ ids: id === undefined ? undefined : [{ value: id }], name }));
};

export const transportInstruction: EdifactMessageType = {
  type: 'IFTMIN',
  required: { BGM: [] },
  layout: loop(
    'UNH',
    'BGM CTA COM DTM TSR CUX MOA FTX CNT DOC GDS',
    loop('LOC', 'DTM'),
    loop('TOD', 'LOC'),
    REFERENCE,
    loop('GOR', 'DTM LOC SEL FTX', loop('DOC', 'DTM')),
    loop('CPI', 'RFF CUX LOC MOA'),
    loop('TCC', 'LOC FTX CUX PRI EQN PCD MOA QTY'),
    loop('TDT', 'DTM TSR', loop('LOC', 'DTM'), loop('RFF', 'DTM')),
    PARTY,
    loop(
      'GID',
      'HAN TMP RNG TMD LOC MOA PIA GIN FTX',
      PARTY,
      loop('MEA', 'EQN'),
      loop('DIM', 'EQN'),
      REFERENCE,
      loop('PCI', 'RFF DTM GIN'),
      loop('DOC', 'DTM'),
      loop('SGP', 'MEA'),
      loop('DGS', 'FTX MEA CTA COM'),
    ),
    loop('EQD', 'EQN TMD MEA DIM SEL TPL HAN TMP FTX RFF NAD'),
  ),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const dtms = [...message.all('DTM'), ...message.of('TDT').flatMap((tdt) => tdt.all('DTM'))];
    const data = compact<CanonicalTransportInstruction>({
      number: reading.needed(bgm, 'BGM', 2),
      purpose: reading.purpose(bgm, 3),
      issued: dayBy(reading, message.all('DTM'), ...ISSUED),
      collect: momentBy(reading, dtms, ...COLLECT),
      deliver: momentBy(reading, dtms, ...DELIVER),
      shipper: partyIn(reading, message, 'consignor'),
      consignee: partyIn(reading, message, 'consignee'),
      carrier: partyIn(reading, message, 'carrier') ?? carrierOf(reading, message),
      shipFrom: partyIn(reading, message, 'shipFrom'),
      deliverTo: partyIn(reading, message, 'deliverTo'),
      mode: reading.text(message.one('TDT')?.opening, 3, 1),
      incoterm: reading.text(message.one('TOD')?.opening, 3, 1),
      places: placesOf(reading, message),
      references: some([
        ...(referencesOf(reading, message) ?? []),
        ...message.of('TDT').flatMap((tdt) => referencesOf(reading, tdt) ?? []),
      ]),
      lines: message.of('GID').map((goods, at) => lineOf(reading, goods, at)),
      notes: notesOf(reading, message.all('FTX')),
    });
    return { kind: 'transport-instruction', data };
  },
};
