/** Parts of UBL documents as we write them, in the order of the schema. Reading them gives back what was meant. */
import type {
  AllowanceCharge,
  Identifier,
  Item,
  Money,
  Party,
  PostalAddress,
  Quantity,
  Reference,
  TaxSubtotal,
} from '../../../canonical/shapes.js';
import { amountText } from '../../amounts.js';
import type { XmlPart } from '../../xml/write.js';

/** ISO 6523 codes that may stand in an endpoint. */
const ISO_6523 = /^\d{4}$/;
const GLN = '0088';
const GTIN = '0160';

export const text = (name: string, value: string | undefined): XmlPart => [`cbc:${name}`, value];
export const money = (name: string, value: Money | undefined): XmlPart =>
  value && [`cbc:${name}`, { currencyID: value.currency }, amountText(value)];
export const quantity = (name: string, value: Quantity | undefined): XmlPart =>
  value && [`cbc:${name}`, { unitCode: value.unit }, value.value];
export const identifier = (name: string, value: Identifier | undefined): XmlPart =>
  value && [`cbc:${name}`, { schemeID: value.scheme }, value.value];
const country = (code: string | undefined): XmlPart =>
  code === undefined ? undefined : ['cac:Country', [text('IdentificationCode', code)]];

export const address = (name: string, value: PostalAddress | undefined): XmlPart => {
  const [street, additional, ...lines] = value?.lines ?? [];
  return (
    value && [
      `cac:${name}`,
      [
        text('StreetName', street),
        text('AdditionalStreetName', additional),
        text('CityName', value.city),
        text('PostalZone', value.postcode),
        text('CountrySubentity', value.region),
        ...lines.map((line): XmlPart => ['cac:AddressLine', [text('Line', line)]]),
        country(value.country),
      ],
    ]
  );
};

const identifiersOf = ({ gln, ids = [] }: Party): readonly Identifier[] => [
  ...(gln === undefined ? [] : [{ scheme: GLN, value: gln }]),
  ...ids,
];
const VAT: XmlPart = ['cac:TaxScheme', [text('ID', 'VAT')]];
const contact = ({ contact: name, phone, email }: Party): XmlPart => {
  if (name === undefined && phone === undefined && email === undefined) return undefined;
  return ['cac:Contact', [text('Name', name), text('Telephone', phone), text('ElectronicMail', email)]];
};

/** Contents of cac:Party. */
export const partyParts = (party: Party): readonly XmlPart[] => {
  const ids = identifiersOf(party);
  return [
    identifier(
      'EndpointID',
      ids.find(({ scheme }) => scheme !== undefined && ISO_6523.test(scheme)),
    ),
    ...ids.map((id): XmlPart => ['cac:PartyIdentification', [identifier('ID', id)]]),
    party.name === undefined ? undefined : ['cac:PartyName', [text('Name', party.name)]],
    address('PostalAddress', party.address),
    party.taxId === undefined ? undefined : ['cac:PartyTaxScheme', [text('CompanyID', party.taxId), VAT]],
    party.name === undefined ? undefined : ['cac:PartyLegalEntity', [text('RegistrationName', party.name)]],
    contact(party),
  ];
};
/** A role around a party: cac:BuyerCustomerParty. */
export const role = (name: string, party: Party | undefined): XmlPart =>
  party && [`cac:${name}`, [['cac:Party', partyParts(party)]]];

/** cac:DeliveryLocation and cac:DeliveryParty of where it goes. */
export const deliverTo = (party: Party | undefined): readonly XmlPart[] => {
  if (!party) return [];
  const { gln, address: place, ...rest } = party;
  return [
    [
      'cac:DeliveryLocation',
      [identifier('ID', gln === undefined ? undefined : { scheme: GLN, value: gln }), address('Address', place)],
    ],
    ['cac:DeliveryParty', partyParts(rest)],
  ];
};

const identified = (name: string, value: Identifier | undefined): XmlPart =>
  value && [`cac:${name}`, [identifier('ID', value)]];
const own = (value: string | undefined): Identifier | undefined => (value === undefined ? undefined : { value });

export const item = (value: Item, ...more: readonly XmlPart[]): XmlPart => [
  'cac:Item',
  [
    text('Name', value.description),
    identified('BuyersItemIdentification', own(value.buyerItem)),
    identified('SellersItemIdentification', own(value.sellerItem)),
    identified('ManufacturersItemIdentification', own(value.manufacturerItem)),
    identified(
      'StandardItemIdentification',
      value.gtin === undefined
        ? value.ids?.find(({ scheme }) => scheme !== undefined)
        : { scheme: GTIN, value: value.gtin },
    ),
    ...more,
  ],
];
export const taxCategory = (name: string, id: string | undefined, percent: string | undefined): XmlPart =>
  id === undefined && percent === undefined
    ? undefined
    : [`cac:${name}`, [text('ID', id), text('Percent', percent), VAT]];

export const price = (
  line: { readonly unitPrice?: string; readonly per?: string; readonly quantity?: Quantity },
  currency: string | undefined,
): XmlPart => {
  if (line.unitPrice === undefined) return undefined;
  const per = line.per === undefined ? undefined : { value: line.per, unit: line.quantity?.unit ?? 'EA' };
  return ['cac:Price', [['cbc:PriceAmount', { currencyID: currency }, line.unitPrice], quantity('BaseQuantity', per)]];
};

export const allowanceCharge = ({ charge, code, reason, amount }: AllowanceCharge): XmlPart => [
  'cac:AllowanceCharge',
  [
    text('ChargeIndicator', String(charge)),
    text('AllowanceChargeReasonCode', code),
    text('AllowanceChargeReason', reason),
    money('Amount', amount),
  ],
];

/** The tax of the document; the sum of its parts where none is told apart. */
export const taxTotal = (tax: Money | undefined, taxes: readonly TaxSubtotal[] = []): XmlPart => {
  if (!tax && taxes.length === 0) return undefined;
  const [first] = taxes;
  const sum = first && { ...first.tax, minor: taxes.reduce((all, one) => all + one.tax.minor, 0) };
  return [
    'cac:TaxTotal',
    [
      money('TaxAmount', tax ?? sum),
      ...taxes.map((one): XmlPart => [
        'cac:TaxSubtotal',
        [
          money('TaxableAmount', one.taxable),
          money('TaxAmount', one.tax),
          taxCategory('TaxCategory', one.category, one.percent),
        ],
      ]),
    ],
  ];
};

/** Element that names a document of this kind; what has none is an additional document. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    quotation: 'QuotationDocumentReference',
    originator: 'OriginatorDocumentReference',
    despatch: 'DespatchDocumentReference',
    receipt: 'ReceiptDocumentReference',
    contract: 'ContractDocumentReference',
    project: 'ProjectReference',
  }),
);
/** References that a document type can carry, in the order of its schema. */
export const references = (all: readonly Reference[] = [], ...names: readonly string[]): readonly XmlPart[] =>
  names.flatMap((name) =>
    all
      .filter(({ kind }) => (NAMED.get(kind) ?? 'AdditionalDocumentReference') === name)
      .map(({ number, day }): XmlPart => [`cac:${name}`, [text('ID', number), text('IssueDate', day)]]),
  );

/** Day and time of a moment as two elements; a bare day has no time. */
export const moment = (date: string, time: string, at: string | undefined): readonly XmlPart[] => [
  text(date, at?.slice(0, 10)),
  text(time, at !== undefined && at.length > 10 ? at.slice(11) : undefined),
];

export const PEPPOL = 'urn:fdc:peppol.eu:poacc';
/** Root element with UBL's namespaces. */
export const root = (name: string, content: readonly XmlPart[]): NonNullable<XmlPart> => [
  name,
  {
    xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${name}-2`,
    'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
    'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  },
  content,
];
