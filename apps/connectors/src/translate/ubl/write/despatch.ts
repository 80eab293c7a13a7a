/** Writes UBL DespatchAdvice (Peppol BIS Despatch Advice 3). */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
  ItemInstance,
} from '../../../canonical/despatch-advice.js';
import type { Party } from '../../../canonical/shapes.js';
import { writeXml, type XmlPart } from '../../xml/write.js';
import { item, moment, partyParts, PEPPOL, quantity, references, role, root, text } from './parts.js';

/** Peppol's id of a shipment that has none of its own. */
const NO_ID = 'NA';
/** UNCL 6313: gross weight. */
const WEIGHT = 'AAB';

const instance = ({ lot, expires, serial }: ItemInstance): XmlPart => [
  'cac:ItemInstance',
  [
    text('SerialID', serial),
    lot === undefined && expires === undefined
      ? undefined
      : ['cac:LotIdentification', [text('LotNumberID', lot), text('ExpiryDate', expires)]],
  ],
];

const lineOf = (line: CanonicalDespatchLine): XmlPart => [
  'cac:DespatchLine',
  [
    text('ID', line.lineNo),
    text('Note', line.note),
    quantity('DeliveredQuantity', line.quantity),
    quantity('OutstandingQuantity', line.outstanding),
    line.orderLineNo === undefined && line.orderNumber === undefined
      ? undefined
      : [
          'cac:OrderLineReference',
          [
            text('LineID', line.orderLineNo),
            line.orderNumber === undefined ? undefined : ['cac:OrderReference', [text('ID', line.orderNumber)]],
          ],
        ],
    item(line.item, ...(line.instances ?? []).map(instance)),
    line.packages?.length
      ? [
          'cac:Shipment',
          [text('ID', NO_ID), ...line.packages.map((id): XmlPart => ['cac:TransportHandlingUnit', [text('ID', id)]])],
        ]
      : undefined,
  ],
];

/** Units that stand on no other, each with what it carries; UBL has two levels. */
const units = (packages: readonly CanonicalPackage[] = []): readonly XmlPart[] => {
  const ids = new Set(packages.filter(({ within }) => within === undefined).map(({ id }) => id));
  const isInner = ({ within }: CanonicalPackage): boolean => within !== undefined && ids.has(within);
  return packages
    .filter((one) => !isInner(one))
    .map((one): XmlPart => [
      'cac:TransportHandlingUnit',
      [
        text('ID', one.id),
        text('TransportHandlingUnitTypeCode', one.type),
        text('TraceID', one.trackingNumber),
        one.weight && ['cac:MeasurementDimension', [text('AttributeID', WEIGHT), quantity('Measure', one.weight)]],
        ...packages
          .filter(({ within }) => within === one.id)
          .map((inner): XmlPart => ['cac:Package', [text('ID', inner.id), text('PackagingTypeCode', inner.type)]]),
      ],
    ]);
};

const carrier = ({ carrier: party, carrierCode, billOfLading }: CanonicalDespatchAdvice): XmlPart => {
  if (!party && carrierCode === undefined && billOfLading === undefined) return undefined;
  const code: readonly XmlPart[] =
    carrierCode === undefined ? [] : [['cac:PartyIdentification', [text('ID', carrierCode)]]];
  return [
    'cac:Consignment',
    [
      text('ID', '1'),
      text('CarrierAssignedID', billOfLading),
      ['cac:CarrierParty', [...code, ...(party ? partyParts(party) : [])]],
    ],
  ];
};

const shipment = (data: CanonicalDespatchAdvice): XmlPart => [
  'cac:Shipment',
  [
    text('ID', '1'),
    text('ShippingPriorityLevelCode', data.service),
    quantity('GrossWeightMeasure', data.weight),
    text('TotalTransportHandlingUnitQuantity', data.packageCount),
    carrier(data),
    [
      'cac:Delivery',
      [
        text('TrackingID', data.trackingNumbers?.[0]),
        data.expected === undefined
          ? undefined
          : ['cac:EstimatedDeliveryPeriod', moment('EndDate', 'EndTime', data.expected)],
        data.despatched === undefined
          ? undefined
          : ['cac:Despatch', moment('ActualDespatchDate', 'ActualDespatchTime', data.despatched)],
      ],
    ],
    ...units(data.packages),
  ],
];

/** Its sender and its receiver have to be said; the trading partners stand in where no place is told apart. */
const orElse = (place: Party | undefined, party: Party | undefined): Party | undefined => place ?? party;

export const writeDespatchAdvice = (data: CanonicalDespatchAdvice): Uint8Array =>
  writeXml(
    root('DespatchAdvice', [
      text('CustomizationID', `${PEPPOL}:trns:despatch_advice:3`),
      text('ProfileID', `${PEPPOL}:bis:despatch_advice:3`),
      text('ID', data.number),
      ...moment('IssueDate', 'IssueTime', data.issuedAt ?? data.issued),
      ...(data.notes ?? []).map((note) => text('Note', note)),
      data.orderNumber === undefined ? undefined : ['cac:OrderReference', [text('ID', data.orderNumber)]],
      ...references(data.references, 'AdditionalDocumentReference'),
      role('DespatchSupplierParty', orElse(data.shipFrom, data.seller)),
      role('DeliveryCustomerParty', orElse(data.deliverTo, data.buyer)),
      role('BuyerCustomerParty', data.buyer),
      role('SellerSupplierParty', data.seller),
      shipment(data),
      ...data.lines.map(lineOf),
    ]),
  );
