/** The packing of DESADV and RECADV: CPS groups nested by CPS02, their packages (PAC, PCI, GIN) and lines. */
import type { CanonicalPackage, ItemInstance } from '../../../canonical/despatch-advice.js';
import type { Quantity } from '../../../canonical/shapes.js';
import { compact, filled, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { rangeOf } from '../../edi/ranges.js';
import type { Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import type { EdifactSegment } from '../segment.js';
import { dayBy } from './dates.js';
import { numbersOf } from './items.js';
import { PARTY } from './parties.js';
import { REFERENCE } from './references.js';

const MARKS = loop('PCI', 'RFF DTM GIR', loop('GIN', 'DLM'));
export const LINE_OF_CONSIGNMENT = loop(
  'LIN',
  'PIA IMD MEA QTY ALI GIN GIR DLM DTM FTX MOA QVA QVR DOC CDI INP',
  REFERENCE,
  loop('DGS', 'QTY FTX'),
  loop('LOC', 'NAD DTM QTY'),
  loop('SGP', 'QTY'),
  loop('PAC', 'MEA QTY', MARKS),
  MARKS,
  loop('QVA', 'DTM FTX'),
  PARTY,
);
export const CONSIGNMENT = loop(
  'CPS',
  'FTX MEA QTY',
  loop('PAC', 'MEA QTY', loop('HAN', 'FTX'), MARKS),
  LINE_OF_CONSIGNMENT,
);

/** GIN qualifiers: SSCC, serial number. */
const SSCC = 'BJ';
const SERIALS = ['BN', 'EE'];
/** Numbers of GIN segments of some kinds, from all of their elements: each alone, or a range by its first and last. */
export const identitiesOf = (
  reading: EdifactReading,
  gins: Iterable<EdifactSegment>,
  ...kinds: readonly string[]
): readonly string[] =>
  [...gins]
    .filter((gin) => kinds.includes(gin.at(1).trim()))
    .flatMap((gin) =>
      [2, 3, 4, 5, 6].flatMap((element) => rangeOf(reading.text(gin, element, 1), reading.text(gin, element, 2))),
    );

/** MEA: element 3 is the unit and the value. */
export const measureOf = (
  reading: EdifactReading,
  meas: readonly EdifactSegment[],
  ...dimensions: readonly string[]
): Quantity | undefined => {
  const mea = meas.find((one) => dimensions.includes(one.at(2).trim()));
  return reading.quantity(mea, [3, 2], [3, 1]);
};
const WEIGHTS = ['AAB', 'G', 'AAD', 'WT', 'AAA'];

/** Packages of one CPS; those without a number of their own are told by the CPS alone. */
const packagesOf = (reading: EdifactReading, cps: Group): readonly CanonicalPackage[] =>
  cps.of('PAC').flatMap((pac) => {
    const ssccs = identitiesOf(reading, pac.deep('GIN'), SSCC, 'AW');
    const type = reading.text(pac.opening, 3, 1);
    const weight = measureOf(reading, pac.all('MEA'), ...WEIGHTS);
    return ssccs.map((sscc) =>
      compact<CanonicalPackage>({ id: sscc, sscc: /^\d{18}$/.test(sscc) ? sscc : undefined, type, weight }),
    );
  });

export interface Packed {
  readonly line: Group;
  /** ids of the packages of the CPS that the line stands in */
  readonly packages: readonly string[] | undefined;
}
/** Packages and lines of all CPS, in order; a CPS is within the first package of the one that CPS02 names. */
export const packingOf = (
  reading: EdifactReading,
  message: Group,
): { readonly packages: readonly CanonicalPackage[]; readonly lines: readonly Packed[] } => {
  const all = message.of('CPS').map((cps) => ({ cps, own: packagesOf(reading, cps) }));
  const byId = new Map(all.map((one) => [one.cps.opening.at(1).trim(), one]));
  const outerOf = ({ cps }: (typeof all)[number]): string | undefined => {
    const parent = byId.get(cps.opening.at(2).trim());
    return parent?.cps === cps ? undefined : parent?.own[0]?.id;
  };
  return {
    packages: all.flatMap((one) => one.own.map((pack) => compact<CanonicalPackage>({ ...pack, within: outerOf(one) }))),
    lines: all.flatMap((one) => {
      const ids = one.own.length > 0 ? one.own.map(({ id }) => id) : [outerOf(one)].filter((id) => id !== undefined);
      return one.cps.of('LIN').map((line) => ({ line, packages: some(ids) }));
    }),
  };
};

/** Numbers of one type (7143) in the PIA of a line: NB batch, SN serial. */
const numbered = (reading: EdifactReading, line: Group, type: string): readonly string[] =>
  line
    .all('PIA')
    .flatMap((pia) => numbersOf(reading, pia))
    .flatMap((one) => (one.type === type && one.value !== undefined ? [one.value] : []));

/** Lot, expiry and serial numbers of a line, one instance for each serial. */
export const instancesOf = (reading: EdifactReading, line: Group): readonly ItemInstance[] | undefined => {
  const lots = [
    ...identitiesOf(reading, line.deep('GIN'), 'BX'),
    ...numbered(reading, line, 'NB'),
    ...line.of('RFF').flatMap(({ opening }) => (opening.at(1).trim() === 'BT' ? [reading.text(opening, 1, 2)] : [])),
  ];
  const serials = [...identitiesOf(reading, line.deep('GIN'), ...SERIALS), ...numbered(reading, line, 'SN')];
  const expires = dayBy(reading, [...line.deep('DTM')], '361', '36');
  const marked = [...line.of('PCI'), ...line.of('PAC').flatMap((pac) => pac.of('PCI'))];
  const lot = lots[0] ?? reading.text(marked.find(({ opening }) => opening.at(1).trim() === '36E')?.opening, 2, 1);
  const common = compact<ItemInstance>({ lot, expires });
  if (serials.length > 0) return serials.map((serial) => ({ ...common, serial }));
  return filled(common) && [common];
};
