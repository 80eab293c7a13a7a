/** Parties: the NAD group (NAD, RFF, CTA with COM), read and written. */
import type { Identifier, Party, PostalAddress } from '../../../canonical/shapes.js';
import { compact, filled, some } from '../../edi/compact.js';
import { countryOf } from '../../edi/countries.js';
import { loop } from '../../edi/layout.js';
import { pieces } from '../../edi/pieces.js';
import type { Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';

export const PARTY = loop('NAD', 'LOC FII', loop('RFF', 'DTM'), loop('DOC', 'DTM'), loop('CTA', 'COM'));

/** Party qualifiers (NAD01, code list 3035) by role, the best first. */
export const ROLES = {
  buyer: ['BY', 'OB', 'II'],
  seller: ['SU', 'SE', 'VN', 'MF'],
  deliverTo: ['DP', 'ST', 'UC', 'CN'],
  billTo: ['IV', 'PR', 'BT'],
  remitTo: ['RE', 'RI', 'PE'],
  shipFrom: ['SF', 'SH', 'PW', 'CZ'],
  carrier: ['CA', 'FW'],
  payer: ['PR', 'BY', 'IV'],
  payee: ['PE', 'SU', 'RE'],
  consignor: ['CZ', 'SF', 'OS'],
  consignee: ['CN', 'DP', 'ST'],
  location: ['WH', 'GM', 'LSP', 'SN', 'DP', 'ST'],
  sender: ['MS', 'SU', 'FR', 'SE'],
  receiver: ['MR', 'BY'],
} as const;
export type Role = keyof typeof ROLES;

/** Agencies (code list 3055): 9 and 14 are GS1, 16 is DUNS; the others stand as sent. */
const GS1 = new Set(['9', '14']);
const SCHEMES: ReadonlyMap<string, string> = new Map([['16', 'DUNS']]);
const AGENCIES: ReadonlyMap<string, string> = new Map([['DUNS', '16']]);
const TAX_NUMBERS = ['VA', 'AHP', 'GN', 'FC'];

const texts = (reading: EdifactReading, nad: Group['opening'], element: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => reading.text(nad, element, at + 1)).filter((text) => text !== undefined);

const addressOf = (reading: EdifactReading, nad: Group['opening']): PostalAddress | undefined =>
  filled(
    compact<PostalAddress>({
      lines: some(texts(reading, nad, 5, 4)),
      city: reading.text(nad, 6),
      region: reading.text(nad, 7),
      postcode: reading.text(nad, 8),
      country: countryOf(reading.text(nad, 9)),
    }),
  );

const contactOf = (reading: EdifactReading, party: Group): Pick<Party, 'contact' | 'email' | 'phone'> => {
  const cta = party.one('CTA');
  // C076 stands up to three times in a COM.
  const addresses = party
    .of('CTA')
    .flatMap((each) => each.all('COM'))
    .flatMap((com) => [1, 2, 3].map((at) => [reading.text(com, at, 2), reading.text(com, at, 1)] as const));
  const by = (channel: string): string | undefined => addresses.find(([code]) => code === channel)?.[1];
  return compact<Pick<Party, 'contact' | 'email' | 'phone'>>({
    contact: reading.text(cta?.opening, 2, 2) ?? reading.text(cta?.opening, 2, 1),
    email: by('EM'),
    phone: by('TE'),
  });
};

/** A place (C517 of LOC) as the party that it is. */
export const locationOf = (reading: EdifactReading, loc: Group['opening']): Party | undefined => {
  const [id, list, agency, name] = [1, 2, 3, 4].map((at) => reading.text(loc, 2, at));
  const isGln = agency !== undefined && GS1.has(agency);
  const scheme = agency === undefined ? list : (SCHEMES.get(agency) ?? agency);
  const other = id === undefined || isGln ? undefined : compact<Identifier>({ scheme, value: id });
  return filled(compact<Party>({ ids: other && [other], gln: isGln ? id : undefined, name }));
};

export const partyOf = (reading: EdifactReading, party: Group): Party => {
  const nad = party.opening;
  const [id, list, agency] = [1, 2, 3].map((at) => reading.text(nad, 2, at));
  const isGln = agency !== undefined && GS1.has(agency);
  const scheme = agency === undefined ? list : (SCHEMES.get(agency) ?? agency);
  const other = id === undefined || isGln ? undefined : compact<Identifier>({ scheme, value: id });
  const tax = party.of('RFF').find(({ opening }) => TAX_NUMBERS.includes(opening.at(1).trim()));
  const structured = texts(reading, nad, 4, 5);
  // C058 carries name and address as lines of text where the structured elements are not used.
  const unstructured = structured.length > 0 ? [] : texts(reading, nad, 3, 5);
  const address = addressOf(reading, nad) ?? filled(compact<PostalAddress>({ lines: some(unstructured.slice(1)) }));
  return compact<Party>({
    ids: other && [other],
    gln: isGln ? id : undefined,
    name: structured.join(' ') || unstructured[0],
    address,
    ...contactOf(reading, party),
    taxId: reading.text(tax?.opening, 1, 2),
  });
};

/** The party of a role among the NAD groups; undefined when nobody has it. */
export const partyIn = (reading: EdifactReading, parent: Group | undefined, role: Role): Party | undefined => {
  const all = parent?.of('NAD') ?? [];
  for (const code of ROLES[role]) {
    const found = all.find(({ opening }) => opening.at(1).trim() === code);
    if (found) return partyOf(reading, found);
  }
  return undefined;
};

/** NAD group of a party in a role; nothing for none. Further identifiers than one have no place in EDIFACT. */
export const partySegments = (role: Role, party: Party | undefined): readonly Written[] => {
  if (!party) return [];
  const [id] = party.gln === undefined ? (party.ids ?? []) : [{ scheme: '9', value: party.gln }];
  const { lines = [], city, region, postcode, country } = party.address ?? {};
  const agency = id?.scheme === undefined ? undefined : (AGENCIES.get(id.scheme) ?? id.scheme);
  // An agency is a code of up to three characters; another scheme goes where code lists are named.
  const cell = agency !== undefined && agency.length > 3 ? [id?.value, agency] : [id?.value, undefined, agency];
  const hasContact = party.contact ?? party.phone ?? party.email;
  return [
    segment(
      'NAD',
      ROLES[role][0],
      cell,
      undefined,
      pieces(party.name ?? '', 35),
      lines,
      city,
      region,
      postcode,
      country,
    ),
    ...when(party.taxId, segment('RFF', ['VA', party.taxId])),
    ...when(hasContact, segment('CTA', 'IC', [undefined, party.contact])),
    ...when(party.phone, segment('COM', [party.phone, 'TE'])),
    ...when(party.email, segment('COM', [party.email, 'EM'])),
  ];
};
