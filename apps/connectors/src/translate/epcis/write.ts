/** Writes EPCIS 2.0 documents, JSON-LD or XML; read back they are the same events. */
import type { EpcisEvent, EpcQuantity, ErrorDeclaration, TypedId } from '../../canonical/epcis-events.js';
import { writeXml, type XmlPart } from '../xml/write.js';
import { urnOf, type Vocabulary } from './vocabulary.js';

export interface EpcisHead {
  /** instance identifier */
  readonly number?: string;
  /** instant with its offset */
  readonly created: string;
}
/** Which lists an event of a type holds its objects in. */
const LISTS = (type: EpcisEvent['type']) =>
  type === 'AggregationEvent' || type === 'AssociationEvent'
    ? { epcs: 'childEPCs', quantities: 'childQuantityList' }
    : { epcs: 'epcList', quantities: 'quantityList' };

const present = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
/** JSON has no decimals: a number, unless a double would lose digits of it. */
const numberOf = (text: string | undefined): number | string | undefined =>
  text === undefined ? undefined : String(Number(text)) === text ? Number(text) : text;
const quantityJson = ({ epcClass, quantity, unit }: EpcQuantity) =>
  present({ epcClass, quantity: numberOf(quantity), uom: unit });
const errorJson = ({ declared, reason, correctiveEvents }: ErrorDeclaration) =>
  present({ declarationTime: declared, reason, correctiveEventIDs: correctiveEvents });
const typedJson = (all: readonly TypedId[] | undefined, item: string) =>
  all?.map(({ type, id }) => present({ type, [item]: id }));
const idJson = (id: string | undefined) => (id === undefined ? undefined : { id });

const eventJson = (event: EpcisEvent): Record<string, unknown> => {
  const lists = LISTS(event.type);
  const { setDispositions: set, unsetDispositions: unset } = event;
  return present({
    type: event.type,
    eventID: event.id,
    eventTime: event.at,
    eventTimeZoneOffset: event.offset,
    recordTime: event.recorded,
    errorDeclaration: event.error && errorJson(event.error),
    parentID: event.parent,
    [lists.epcs]: event.epcs,
    [lists.quantities]: event.quantities?.map(quantityJson),
    inputEPCList: event.inputEpcs,
    inputQuantityList: event.inputQuantities?.map(quantityJson),
    outputEPCList: event.outputEpcs,
    outputQuantityList: event.outputQuantities?.map(quantityJson),
    transformationID: event.transformation,
    action: event.action,
    bizStep: event.bizStep,
    disposition: event.disposition,
    persistentDisposition: set || unset ? present({ set, unset }) : undefined,
    readPoint: idJson(event.readPoint),
    bizLocation: idJson(event.bizLocation),
    bizTransactionList: typedJson(event.transactions, 'bizTransaction'),
    sourceList: typedJson(event.sources, 'source'),
    destinationList: typedJson(event.destinations, 'destination'),
  });
};

export const writeEpcisJson = (events: readonly EpcisEvent[], { number, created }: EpcisHead): Uint8Array =>
  new TextEncoder().encode(
    `${JSON.stringify(
      present({
        '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
        type: 'EPCISDocument',
        schemaVersion: '2.0',
        creationDate: created,
        instanceIdentifier: number,
        epcisBody: { eventList: events.map(eventJson) },
      }),
      null,
      2,
    )}\n`,
  );

const word = (name: string, vocabulary: Vocabulary, value: string | undefined): XmlPart => [
  name,
  value === undefined ? undefined : urnOf(vocabulary, value),
];
const list = (name: string, item: string, values: readonly string[] | undefined): XmlPart =>
  values && [name, values.map((value): XmlPart => [item, value])];
const quantityList = (name: string, values: readonly EpcQuantity[] | undefined): XmlPart =>
  values && [
    name,
    values.map(({ epcClass, quantity, unit }): XmlPart => [
      'quantityElement',
      [
        ['epcClass', epcClass],
        ['quantity', quantity],
        ['uom', unit],
      ],
    ]),
  ];
const typedList = (
  name: string,
  item: string,
  vocabulary: Vocabulary,
  values: readonly TypedId[] | undefined,
): XmlPart =>
  values && [
    name,
    values.map(({ type, id }): XmlPart => [
      item,
      { type: type === undefined ? undefined : urnOf(vocabulary, type) },
      id,
    ]),
  ];
const place = (name: string, id: string | undefined): XmlPart => (id === undefined ? undefined : [name, [['id', id]]]);
const errorXml = (error: ErrorDeclaration | undefined): XmlPart =>
  error && [
    'errorDeclaration',
    [
      ['declarationTime', error.declared],
      word('reason', 'er', error.reason),
      list('correctiveEventIDs', 'correctiveEventID', error.correctiveEvents),
    ],
  ];

/** In the order of EPCglobal-epcis-2_0.xsd. */
const eventXml = (event: EpcisEvent): XmlPart => {
  const lists = LISTS(event.type);
  const disposition = (name: string, values: readonly string[] | undefined): readonly XmlPart[] =>
    (values ?? []).map((value) => word(name, 'disp', value));
  return [
    event.type,
    [
      ['eventTime', event.at],
      ['recordTime', event.recorded],
      ['eventTimeZoneOffset', event.offset],
      ['eventID', event.id],
      errorXml(event.error),
      ['parentID', event.parent],
      list(lists.epcs, 'epc', event.epcs),
      list('inputEPCList', 'epc', event.inputEpcs),
      quantityList('inputQuantityList', event.inputQuantities),
      list('outputEPCList', 'epc', event.outputEpcs),
      quantityList('outputQuantityList', event.outputQuantities),
      ['transformationID', event.transformation],
      ['action', event.action],
      word('bizStep', 'bizstep', event.bizStep),
      word('disposition', 'disp', event.disposition),
      place('readPoint', event.readPoint),
      place('bizLocation', event.bizLocation),
      typedList('bizTransactionList', 'bizTransaction', 'btt', event.transactions),
      quantityList(lists.quantities, event.quantities),
      typedList('sourceList', 'source', 'sdt', event.sources),
      typedList('destinationList', 'destination', 'sdt', event.destinations),
      [
        'persistentDisposition',
        [...disposition('set', event.setDispositions), ...disposition('unset', event.unsetDispositions)],
      ],
    ],
  ];
};

export const writeEpcisXml = (events: readonly EpcisEvent[], { created }: EpcisHead): Uint8Array =>
  writeXml([
    'epcis:EPCISDocument',
    { 'xmlns:epcis': 'urn:epcglobal:epcis:xsd:2', schemaVersion: '2.0', creationDate: created },
    [['EPCISBody', [['EventList', events.map(eventXml)]]]],
  ]);
