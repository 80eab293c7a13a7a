/** Parties, addresses and items of UBL. */
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { Identifier, Item, Party, PostalAddress, Reference } from '../../canonical/shapes.js';
import { isGtin } from '../gs1.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { dayAt, type Reading } from '../xml/typed.js';

/** ISO 6523 code of GS1 location numbers, and what senders without Peppol write. */
const GLN_SCHEMES = ['0088', 'GLN', 'EAN', 'ILN'];
const GTIN_SCHEMES = ['0160', 'GTIN', 'GTIN-13', 'GTIN-14', 'EAN', 'EAN13', 'EAN-13', 'UPC'];

const identifierOf = (element: XmlElement | undefined): Identifier | undefined => {
  const value = element?.text.trim();
  return element && value
    ? filled<Identifier>({ scheme: element.attributes.schemeID?.trim() || undefined, value })
    : undefined;
};
const isGln = ({ scheme, value }: Identifier): boolean =>
  scheme !== undefined && GLN_SCHEMES.includes(scheme.toUpperCase()) && /^\d{13}$/.test(value);

export const addressOf = (element: XmlElement | undefined): PostalAddress | undefined => {
  if (!element) return undefined;
  const street = [textAt(element, 'BuildingNumber'), textAt(element, 'StreetName')].filter(Boolean).join(' ');
  return filledOrNothing<PostalAddress>({
    lines: [
      street,
      textAt(element, 'AdditionalStreetName'),
      textAt(element, 'BuildingName'),
      ...childrenOf(element, 'AddressLine').map((line) => textAt(line, 'Line')),
    ].filter((line) => line !== undefined && line !== '') as string[],
    city: textAt(element, 'CityName'),
    region: textAt(element, 'CountrySubentity') ?? textAt(element, 'CountrySubentityCode'),
    postcode: textAt(element, 'PostalZone'),
    country: textAt(element, 'Country', 'IdentificationCode'),
  });
};

const unique = (ids: readonly Identifier[]): Identifier[] => {
  const seen = new Set<string>();
  return ids.filter(({ scheme, value }) => {
    const key = `${scheme ?? ''} ${value}`;
    return !seen.has(key) && seen.add(key);
  });
};

/** cac:Party, or a role around one (cac:BuyerCustomerParty). The first GLN stands apart; every other id is kept. */
export const partyOf = (element: XmlElement | undefined): Party | undefined => {
  if (!element) return undefined;
  const party = elementAt(element, 'Party') ?? element;
  const legal = elementAt(party, 'PartyLegalEntity');
  const sent = [
    ...childrenOf(party, 'PartyIdentification').map((one) => identifierOf(elementAt(one, 'ID'))),
    identifierOf(elementAt(party, 'EndpointID')),
    identifierOf(elementAt(legal, 'CompanyID')),
    ...['CustomerAssignedAccountID', 'SupplierAssignedAccountID'].map((name) => {
      const value = element === party ? undefined : textAt(element, name);
      return value ? { scheme: name, value } : undefined;
    }),
  ].filter((id) => id !== undefined);
  const gln = sent.find(isGln)?.value;
  const contact = elementAt(party, 'Contact') ?? elementAt(element, 'DeliveryContact');
  return filledOrNothing<Party>({
    ids: unique(sent.filter((id) => id.value !== gln || !isGln(id))),
    gln,
    name: textAt(party, 'PartyName', 'Name') ?? textAt(legal, 'RegistrationName'),
    address: addressOf(elementAt(party, 'PostalAddress') ?? elementAt(party, 'PhysicalLocation', 'Address')),
    contact: textAt(contact, 'Name'),
    email: textAt(contact, 'ElectronicMail'),
    phone: textAt(contact, 'Telephone'),
    taxId: textAt(party, 'PartyTaxScheme', 'CompanyID'),
  });
};

/** cac:Delivery: where it goes. The place's id is the party's own (a GLN), its address goes before the party's. */
export const deliverToOf = (delivery: XmlElement | undefined): Party | undefined => {
  const location = elementAt(delivery, 'DeliveryLocation');
  const party = partyOf(elementAt(delivery, 'DeliveryParty'));
  const id = identifierOf(elementAt(location, 'ID'));
  const gln = id && isGln(id) ? id.value : undefined;
  return filledOrNothing<Party>({
    ...party,
    ids: unique([...(party?.ids ?? []), ...(id && !gln ? [id] : [])]),
    gln: gln ?? party?.gln,
    name: party?.name ?? textAt(location, 'Name'),
    address: addressOf(elementAt(location, 'Address') ?? elementAt(delivery, 'DeliveryAddress')) ?? party?.address,
  });
};

export const itemOf = (element: XmlElement | undefined): Item => {
  const standard = identifierOf(elementAt(element, 'StandardItemIdentification', 'ID'));
  const known = standard?.scheme !== undefined && GTIN_SCHEMES.includes(standard.scheme.toUpperCase());
  const gtin = standard && (known || (!standard.scheme && isGtin(standard.value))) ? standard.value : undefined;
  return filled<Item>({
    buyerItem: textAt(element, 'BuyersItemIdentification', 'ID'),
    sellerItem: textAt(element, 'SellersItemIdentification', 'ID'),
    manufacturerItem: textAt(element, 'ManufacturersItemIdentification', 'ID'),
    gtin,
    ids: standard && !gtin ? [standard] : undefined,
    description: textAt(element, 'Name') ?? textAt(element, 'Description'),
  });
};

/** What the document names, by the element that names it. */
const REFERENCES: Readonly<Record<string, string>> = {
  QuotationDocumentReference: 'quotation',
  OrderDocumentReference: 'order',
  OriginatorDocumentReference: 'originator',
  CatalogueReference: 'catalogue',
  DespatchDocumentReference: 'despatch',
  ReceiptDocumentReference: 'receipt',
  ContractDocumentReference: 'contract',
  Contract: 'contract',
  ReferencedContract: 'contract',
  ProjectReference: 'project',
  AdditionalDocumentReference: 'document',
  TransportExecutionPlanDocumentReference: 'transport-execution-plan',
};
export const referencesOf = (reading: Reading, root: XmlElement): readonly Reference[] => [
  ...root.children.flatMap((one) => {
    const kind = Object.hasOwn(REFERENCES, one.name) ? REFERENCES[one.name] : undefined;
    const number = kind && textAt(one, 'ID');
    return kind && number ? filled<Reference>({ kind, number, day: dayAt(reading, one, 'IssueDate') }) : [];
  }),
  ...childrenOf(root, 'BillingReference').flatMap((billing) =>
    billing.children.flatMap((one) => {
      const number = textAt(one, 'ID');
      const kind = one.name === 'CreditNoteDocumentReference' ? 'credit-note' : 'invoice';
      return number ? filled<Reference>({ kind, number, day: dayAt(reading, one, 'IssueDate') }) : [];
    }),
  ),
];
export const notesOf = (root: XmlElement): readonly string[] => textsOf(root, 'Note');
