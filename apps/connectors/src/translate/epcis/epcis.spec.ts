import fc from 'fast-check';
import type { EpcisEvent } from '../../canonical/epcis-events.js';
import { filled } from '../../canonical/filled.js';
import { aNumber } from '../canonical.builders.js';
import { NO_CONTEXT } from '../translation.js';
import { readEpcis } from './epcis.js';
import { receivingEvent, shippingEvent, type Movement } from './events.js';
import { writeEpcisJson, writeEpcisXml } from './write.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const documentOf = (body: Uint8Array) => {
  const { documents } = readEpcis(body, NO_CONTEXT);
  const [one] = documents;
  if (one?.canonical?.kind !== 'epcis-events') throw new Error('no events were read');
  return { ...one, events: one.canonical.data.events };
};
const json = (...events: readonly object[]): Uint8Array =>
  bytes(JSON.stringify({ type: 'EPCISDocument', schemaVersion: '2.0', epcisBody: { eventList: events } }));
const aSent = (more: object = {}) => ({
  type: 'ObjectEvent',
  eventTime: '2026-01-05T23:30:00.000-05:00',
  eventTimeZoneOffset: '-05:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
  ...more,
});

describe('an EPCIS event in JSON-LD', () => {
  it('keeps its time and its offset as they were sent', () => {
    const [event] = documentOf(json(aSent())).events;
    expect([event?.at, event?.offset]).toEqual(['2026-01-05T23:30:00.000-05:00', '-05:00']);
  });

  it.each([
    'shipping',
    'urn:epcglobal:cbv:bizstep:shipping',
    'https://ref.gs1.org/cbv/BizStep-shipping',
    'cbv:BizStep-shipping',
  ])('with business step %s is shipping, and its figure is as sent', (bizStep) => {
    const read = documentOf(json(aSent({ bizStep })));
    expect(read.events[0]?.bizStep).toBe('shipping');
    expect(read.figures.events).toEqual([expect.objectContaining({ bizStep, action: 'OBSERVE', disposition: null })]);
  });

  it.each([
    ['a bare event', aSent()],
    ['a list of events', [aSent()]],
    [
      'a query answer',
      { type: 'EPCISQueryDocument', epcisBody: { queryResults: { resultsBody: { eventList: [aSent()] } } } },
    ],
    ['one event of a capture', { type: 'EPCISDocument', epcisBody: { event: aSent() } }],
    [
      'an event of EPCIS 1.2 in JSON',
      { isA: 'EPCISDocument', epcisBody: { eventList: [{ ...aSent(), type: undefined, isA: 'ObjectEvent' }] } },
    ],
  ])('is found in %s', (_, body) => {
    expect(documentOf(bytes(JSON.stringify(body))).events.map(({ type }) => type)).toEqual(['ObjectEvent']);
  });

  it('that declares an error names what corrects it', () => {
    const errorDeclaration = {
      declarationTime: '2026-01-06T00:00:00Z',
      reason: 'urn:epcglobal:cbv:er:incorrect_data',
      correctiveEventIDs: ['urn:uuid:2'],
    };
    expect(documentOf(json(aSent({ errorDeclaration }))).events[0]?.error).toEqual({
      declared: '2026-01-06T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEvents: ['urn:uuid:2'],
    });
  });

  it.each([
    ['time without an offset', { eventTime: '2026-01-05T23:30:00' }, 'date-unreadable', '/eventList[1]/eventTime'],
    ['no time', { eventTime: undefined }, 'element-missing', '/eventList[1]/eventTime'],
    ['an offset that is none', { eventTimeZoneOffset: 'EST' }, 'date-unreadable', '/eventList[1]/eventTimeZoneOffset'],
    ['no action', { action: undefined }, 'element-missing', '/eventList[1]/action'],
    ['an action of its own', { action: 'MOVE' }, 'value-unreadable', '/eventList[1]/action'],
    ['a type of its own', { type: 'PartyEvent' }, 'message-unsupported', '/eventList[1]/type'],
    [
      'a quantity that is none',
      { quantityList: [{ epcClass: 'urn:x', quantity: 'many' }] },
      'number-unreadable',
      '/eventList[1]/quantityList',
    ],
  ])('with %s belongs in quarantine', (_, more, code, path) => {
    const [read] = readEpcis(json(aSent(more)), NO_CONTEXT).documents;
    expect(read?.faults.map((fault) => [fault.code, fault.path])).toEqual([[code, path]]);
  });
});

describe('an EPCIS event in XML', () => {
  it('that a repository answers over SOAP is of its answer, not of the envelope', () => {
    const event =
      '<ObjectEvent><eventTime>2026-01-05T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcList><epc>urn:b</epc></epcList><action>ADD</action></ObjectEvent>';
    const answer = `<q:QueryResults xmlns:q="urn:epcglobal:epcis-query:xsd:1"><resultsBody><EventList>${event}</EventList></resultsBody></q:QueryResults>`;
    const body = (content: string): Uint8Array =>
      bytes(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/>${content}</s:Envelope>`);
    const { type, events } = documentOf(body(`<s:Body>${answer}</s:Body>`));
    expect([type, events.length]).toEqual(['QueryResults', 1]);
    expect(readEpcis(body(''), NO_CONTEXT).documents[0]).toMatchObject({ type: 'Envelope' });
  });

  it('of EPCIS 1.2 is read from within its extensions', () => {
    const body = `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2"><EPCISBody><EventList>
      <extension><TransformationEvent><eventTime>2026-01-05T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
      <inputEPCList><epc>urn:a</epc></inputEPCList></TransformationEvent></extension>
      <ObjectEvent><eventTime>2026-01-05T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
      <baseExtension><eventID>urn:uuid:1</eventID></baseExtension><epcList><epc>urn:b</epc></epcList><action>ADD</action>
      <extension><quantityList><quantityElement><epcClass>urn:c</epcClass><quantity>2.5</quantity><uom>KGM</uom></quantityElement></quantityList></extension>
      </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
    const [first, second] = documentOf(bytes(body)).events;
    expect([first?.type, first?.inputEpcs]).toEqual(['TransformationEvent', ['urn:a']]);
    expect([second?.id, second?.quantities]).toEqual([
      'urn:uuid:1',
      [{ epcClass: 'urn:c', quantity: '2.5', unit: 'KGM' }],
    ]);
  });
});

const uri = aNumber.map((number) => `urn:example:${number}`);
const list = fc.option(fc.uniqueArray(uri, { minLength: 1, maxLength: 3 }), { nil: undefined });
const quantities = fc.option(
  fc.array(
    fc
      .record({
        epcClass: uri,
        quantity: fc.constantFrom('1', '2.5', '1000000'),
        unit: fc.constantFrom('KGM', undefined),
      })
      .map((one) => filled(one)),
    { minLength: 1, maxLength: 2 },
  ),
  { nil: undefined },
);
const anEvent: fc.Arbitrary<EpcisEvent> = fc
  .record({
    type: fc.constantFrom(
      'ObjectEvent' as const,
      'AggregationEvent' as const,
      'TransactionEvent' as const,
      'AssociationEvent' as const,
    ),
    id: uri,
    at: fc.constantFrom('2026-01-05T10:00:00Z', '2026-01-05T23:59:59.999+05:30'),
    offset: fc.constantFrom('+00:00', '-06:00'),
    action: fc.constantFrom('ADD' as const, 'OBSERVE' as const, 'DELETE' as const),
    bizStep: fc.constantFrom('shipping', 'receiving', 'https://example.com/step'),
    disposition: fc.constantFrom('in_transit', undefined),
    setDispositions: fc.constantFrom(['completeness_verified'], undefined),
    readPoint: fc.option(uri, { nil: undefined }),
    bizLocation: fc.option(uri, { nil: undefined }),
    epcs: list,
    quantities,
    transactions: fc.constantFrom([{ type: 'po', id: 'urn:example:1' }], [{ id: 'urn:example:2' }], undefined),
    sources: fc.constantFrom([{ type: 'owning_party', id: 'urn:example:3' }], undefined),
    error: fc.constantFrom(
      { declared: '2026-01-06T00:00:00Z', reason: 'incorrect_data', correctiveEvents: ['urn:example:4'] },
      undefined,
    ),
  })
  .map((event) => filled<EpcisEvent>(event));

describe('events that we write', () => {
  const head = { created: '2026-01-06T00:00:00Z' };
  it.each([
    ['JSON-LD', writeEpcisJson],
    ['XML', writeEpcisXml],
  ])('as %s are read back as they were meant', (_, write) => {
    fc.assert(
      fc.property(fc.array(anEvent, { minLength: 1, maxLength: 3 }), (events) => {
        const read = documentOf(write(events, head));
        expect(read.events).toEqual(events);
        expect(read.faults).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  const GTIN = '4006381333931';
  const movement: Movement = {
    ...{ id: 'urn:uuid:1', at: '2026-01-05T13:00:00+01:00', offset: '+01:00', ours: 'urn:example:us' },
    node: 'DC 1',
    po: 'PO/1',
    goods: [
      { item: 'TEA', gtin: GTIN, quantity: { value: '4', unit: 'EA' }, lot: 'L/1' },
      { item: 'TEA', gtin: GTIN, quantity: { value: '1.50', unit: 'KGM' } },
      { item: 'TEA', gtin: GTIN, quantity: { value: '3', unit: 'EA' }, serials: ['S1', 'S2'] },
    ],
  };
  const LINE = `https://id.gs1.org/01/0${GTIN}`;

  it('say what moved by serial number, by lot, and the rest by its class, in the units of EPCIS', () => {
    expect(shippingEvent(movement)).toMatchObject({
      ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
      epcs: [`${LINE}/21/S1`, `${LINE}/21/S2`],
      quantities: [
        { epcClass: `${LINE}/10/L%2F1`, quantity: '4' },
        { epcClass: LINE, quantity: '1.5', unit: 'KGM' },
        { epcClass: LINE, quantity: '1' },
      ],
      transactions: [{ type: 'po', id: 'urn:example:us:bt:PO%2F1' }],
    });
  });

  it('name a place by its GLN, else by our own URN, and say where goods are only once they are there', () => {
    const place = 'https://id.gs1.org/414/7300010000001';
    const shipped = shippingEvent({ ...movement, gln: '7300010000001' });
    expect([shipped.readPoint, shipped.bizLocation]).toEqual([place, undefined]);
    const received = receivingEvent({ ...movement, recadv: 'R-1' });
    expect([received.bizStep, received.readPoint, received.bizLocation]).toEqual([
      'receiving',
      'urn:example:us:loc:DC%201',
      'urn:example:us:loc:DC%201',
    ]);
    expect(shippingEvent({ ...movement, gln: '7300010000002' }).readPoint).toBe('urn:example:us:loc:DC%201');
  });

  it('are URIs whatever numbers there are, a half character among them', () => {
    const event = shippingEvent({ ...movement, po: '茶\ud83c', desadv: '🍵' });
    expect(event.transactions?.map(({ id }) => decodeURIComponent(id))).toEqual([
      'urn:example:us:bt:茶\uFFFD',
      'urn:example:us:bt:🍵',
    ]);
  });

  it('use no GS1 key that is none: what has a wrong check digit, or a serial of other characters, goes by our names', () => {
    const goods = [{ item: 'A:B', gtin: '4006381333932', quantity: { value: '2', unit: 'EA' }, serials: ['S#1'] }];
    const event = shippingEvent({ ...movement, goods, ssccs: ['340123450000000012'] });
    expect(event.epcs).toEqual(['urn:example:us:obj:340123450000000012', 'urn:example:us:obj:A%3AB:S%231']);
    expect(event.quantities).toEqual([{ epcClass: 'urn:example:us:class:A%3AB', quantity: '1' }]);
  });
});
