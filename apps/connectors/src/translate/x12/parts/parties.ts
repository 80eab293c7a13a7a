/** Parties: the N1 loop (N1 N2 N3 N4 REF PER), read and written. */
import type { Identifier, Party, PostalAddress } from '../../../canonical/shapes.js';
import { compact, filled, some } from '../../edi/compact.js';
import { countryOf } from '../../edi/countries.js';
import { loop, type Loop } from '../../edi/layout.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { pieces } from '../../edi/pieces.js';
import { segment, when, type Written } from '../writing.js';

export const PARTY = loop('N1', 'N2 N3 N4 NX2 REF PER SI FOB TD1 TD3 TD4 TD5 PKG G61 PRT LM DTM');

/** Entity identifier codes (N101) by role, the best first. */
export const ROLES = {
  buyer: ['BY', 'OB', 'EY', 'BO', 'LW', 'BG'],
  seller: ['SE', 'VN', 'SU', 'SR', 'MF'],
  deliverTo: ['ST', 'DA', 'UC', 'MA'],
  billTo: ['BT', 'PR', 'SO'],
  remitTo: ['RI', 'RE'],
  shipFrom: ['SF', 'SH'],
  carrier: ['CA', 'SC'],
  payer: ['PR', 'BT'],
  payee: ['PE', 'RE', 'VN'],
  consignee: ['CN', 'ST'],
  shipper: ['SH', 'SF'],
  warehouse: ['WH', 'SF'],
  depositor: ['DE'],
} as const;
export type Role = keyof typeof ROLES;

/** Identification code qualifiers (N103) that have a name in canonical documents; the others stand as sent. */
const GLN = 'UL';
const SCHEMES: ReadonlyMap<string, string> = new Map([['1', 'DUNS']]);
const QUALIFIERS: ReadonlyMap<string, string> = new Map([['DUNS', '1']]);
/** Without a qualifier of X12 an identifier is mutually defined. */
const MUTUALLY_DEFINED = 'ZZ';
const TAX_REFERENCES = ['VX', 'GT', 'TJ'];

const addressOf = (reading: X12Reading, party: Loop<X12Segment>): PostalAddress | undefined => {
  const n4 = party.first('N4');
  const lines = party.all('N3').flatMap((n3) => [reading.text(n3, 1), reading.text(n3, 2)]);
  return filled(
    compact<PostalAddress>({
      lines: some(lines.filter((line) => line !== undefined)),
      city: reading.text(n4, 1),
      region: reading.text(n4, 2),
      postcode: reading.text(n4, 3),
      country: countryOf(reading.text(n4, 4)),
    }),
  );
};

const contactOf = (reading: X12Reading, party: Loop<X12Segment>): Pick<Party, 'contact' | 'email' | 'phone'> => {
  const per = party.first('PER') ?? party.first('G61');
  const numbers = [3, 5, 7].map((at) => [reading.text(per, at), reading.text(per, at + 1)] as const);
  const by = (qualifier: string): string | undefined => numbers.find(([code]) => code === qualifier)?.[1];
  return compact<Pick<Party, 'contact' | 'email' | 'phone'>>({
    contact: reading.text(per, 2),
    email: by('EM'),
    phone: by('TE'),
  });
};

export const partyOf = (reading: X12Reading, party: Loop<X12Segment>): Party => {
  const n1 = party.opening;
  const [qualifier, id] = [reading.text(n1, 3), reading.text(n1, 4)];
  const isGln = qualifier === GLN && id !== undefined;
  const scheme = qualifier === undefined ? undefined : (SCHEMES.get(qualifier) ?? qualifier);
  const other = id === undefined || isGln ? undefined : compact<Identifier>({ scheme, value: id });
  const tax = party.all('REF').find((ref) => TAX_REFERENCES.includes(ref.at(1)));
  const names = [reading.text(n1, 2), ...party.all('N2').flatMap((n2) => [reading.text(n2, 1), reading.text(n2, 2)])];
  return compact<Party>({
    ids: other && [other],
    gln: isGln ? id : undefined,
    name: names.filter((name) => name !== undefined).join(' ') || undefined,
    address: addressOf(reading, party),
    ...contactOf(reading, party),
    taxId: reading.text(tax, 2),
  });
};

/** The party of a role among the N1 loops; undefined when nobody has it. */
export const partyIn = (reading: X12Reading, parent: Loop<X12Segment> | undefined, role: Role): Party | undefined => {
  const all = parent?.of('N1') ?? [];
  for (const code of ROLES[role]) {
    const found = all.find(({ opening }) => opening.at(1).trim() === code);
    if (found) return partyOf(reading, found);
  }
  return undefined;
};

/** N1 loop of a party in a role; nothing for none. Further identifiers than one have no place in X12. */
export const partySegments = (role: Role, party: Party | undefined): readonly Written[] => {
  if (!party) return [];
  const [id] = party.gln === undefined ? (party.ids ?? []) : [{ scheme: GLN, value: party.gln }];
  const scheme = id?.scheme ?? MUTUALLY_DEFINED;
  const [name, ...more] = pieces(party.name ?? '', 60);
  const { lines = [], city, region, postcode, country } = party.address ?? {};
  const pairs =
    lines.length === 0
      ? []
      : Array.from({ length: Math.ceil(lines.length / 2) }, (_, at) => lines.slice(at * 2, at * 2 + 2));
  const numbers = [...(party.phone ? ['TE', party.phone] : []), ...(party.email ? ['EM', party.email] : [])];
  return [
    segment('N1', ROLES[role][0], name, id && (QUALIFIERS.get(scheme) ?? scheme), id?.value),
    ...more.map((part) => segment('N2', part)),
    ...pairs.map((pair) => segment('N3', ...pair)),
    ...when(city ?? region ?? postcode ?? country, segment('N4', city, region, postcode, country)),
    ...when(party.taxId, segment('REF', 'VX', party.taxId)),
    ...when(party.contact ?? numbers[0], segment('PER', 'IC', party.contact, ...numbers)),
  ];
};
