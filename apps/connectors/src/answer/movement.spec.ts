import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { NotedShipment, PackedLine } from '@crossdock/contracts';
import type { CanonicalOrder } from '../canonical/order.js';
import { detect } from '../translate/detect.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { translate } from '../translate/translations.js';
import { shippedOf } from './movement.js';
import { writeDocument } from './write.js';

const GTIN = '4006381333931';
const LINE = `https://id.gs1.org/01/0${GTIN}`;
const order = (unit: string, value: string): CanonicalOrder => ({
  number: 'PO 1/ä',
  buyer: { gln: '5790000435951' },
  deliverTo: { gln: '7300010000001' },
  lines: [
    { lineNo: '1', item: { gtin: GTIN, buyerItem: '4711' }, quantity: { value, unit } },
    { lineNo: '2', item: { buyerItem: '4712' }, quantity: { value: '50', unit: 'EA' } },
  ],
});
const shipment = (...contents: readonly PackedLine[]): NotedShipment => ({
  ...{ shipmentId: 'a'.repeat(32), node: 'DC1', dispatchedAt: '2026-03-03T10:00:00.000Z' },
  packages: [
    { trackingNo: 'T1', carrier: 'UPSN', sscc: '340123450000000017', contents: contents.slice(0, 1) },
    ...contents.slice(1).map((one, at) => ({ trackingNo: `T${at + 2}`, carrier: 'UPSN', contents: [one] })),
  ],
  lines: [
    { lineNo: 1, customerLineNo: '1', item: 'TEA', ordered: 24, unit: 'EA' },
    { lineNo: 2, customerLineNo: '2', item: 'POT', ordered: 50, unit: 'EA' },
  ],
});
const told = (unit: string, value: string, ...contents: readonly PackedLine[]) => {
  const [event] = shippedOf(order(unit, value), shipment(...contents), { tenant: 'acme' }).events;
  if (!event) throw new Error('nothing is told');
  return event;
};

describe('a shipment as an event', () => {
  it('has what left, by SSCC, GTIN and lot, or by our own number, for the order and the advice that tell of it', () => {
    const event = told('EA', '24', { lineNo: 1, quantity: 12, lot: 'L1' }, { lineNo: 2, quantity: 3 });
    expect(event).toMatchObject({
      ...{ at: '2026-03-03T10:00:00.000Z', offset: '+00:00', bizStep: 'shipping', disposition: 'in_transit' },
      readPoint: 'urn:crossdock:acme:loc:DC1',
      epcs: ['https://id.gs1.org/00/340123450000000017'],
      quantities: [
        { epcClass: `${LINE}/10/L1`, quantity: '12' },
        { epcClass: 'urn:crossdock:acme:class:POT', quantity: '3' },
      ],
      transactions: [
        { type: 'po', id: 'urn:crossdock:acme:bt:PO%201%2F%C3%A4' },
        { type: 'desadv', id: `urn:crossdock:acme:bt:${'a'.repeat(30)}` },
      ],
      destinations: [
        { type: 'owning_party', id: 'https://id.gs1.org/417/5790000435951' },
        { type: 'location', id: 'https://id.gs1.org/414/7300010000001' },
      ],
    });
  });

  it('counts cartons by their GTIN only where whole cartons left, else pieces by our own number', () => {
    const whole = told('CT', '2', { lineNo: 1, quantity: 12 });
    expect(whole.quantities).toEqual([{ epcClass: LINE, quantity: '1', unit: 'CT' }]);
    const broken = told('CT', '2', { lineNo: 1, quantity: 7 });
    expect(broken.quantities).toEqual([{ epcClass: 'urn:crossdock:acme:class:TEA', quantity: '7' }]);
    const numbered = told('CT', '2', { lineNo: 1, quantity: 12, serials: ['S1'] });
    expect([numbered.epcs?.at(-1), numbered.quantities]).toEqual([
      'urn:crossdock:acme:obj:TEA:S1',
      [{ epcClass: 'urn:crossdock:acme:class:TEA', quantity: '11' }],
    ]);
  });

  it('has one id however often it is told, and another one for another shipment or tenant', () => {
    const goods = shipment({ lineNo: 1, quantity: 1 });
    const idOf = (tenant: string, shipmentId: string) =>
      shippedOf(order('EA', '24'), { ...goods, shipmentId }, { tenant }).events[0]?.id;
    expect(idOf('acme', 'S1')).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(idOf('acme', 'S1')).toBe(idOf('acme', 'S1'));
    expect(new Set([idOf('acme', 'S1'), idOf('acme', 'S2'), idOf('bolt', 'S1')]).size).toBe(3);
  });
});

/** What the JSON schema of EPCIS 2.0 wants of a document with ObjectEvents of our kind; nothing else may stand in it. */
const uri = { type: 'string', format: 'uri' };
const time = { type: 'string', format: 'date-time' };
const closed = (properties: object, ...required: readonly string[]) => ({
  ...{ type: 'object', properties, required, additionalProperties: false },
});
const list = (items: object) => ({ type: 'array', items, minItems: 1, uniqueItems: true });
const quantityElement = closed(
  { epcClass: uri, quantity: { type: 'number' }, uom: { type: 'string', pattern: '^[A-Z0-9]{2,3}$' } },
  ...['epcClass', 'quantity'],
);
const typed = (name: string, types: readonly string[]) =>
  list(closed({ type: { enum: types }, [name]: uri }, 'type', name));
const objectEvent = {
  ...closed(
    {
      ...{
        type: { const: 'ObjectEvent' },
        eventID: uri,
        eventTime: time,
        action: { enum: ['ADD', 'OBSERVE', 'DELETE'] },
      },
      eventTimeZoneOffset: { type: 'string', pattern: '^([+]|[-])((0[0-9]|1[0-3]):([0-5][0-9])|14:00)$' },
      ...{ bizStep: { enum: ['shipping', 'receiving'] }, disposition: { enum: ['in_transit', 'in_progress'] } },
      ...{ epcList: list(uri), quantityList: list(quantityElement) },
      ...{ readPoint: closed({ id: uri }, 'id'), bizLocation: closed({ id: uri }, 'id') },
      bizTransactionList: typed('bizTransaction', ['po', 'desadv', 'recadv']),
      sourceList: typed('source', ['owning_party', 'location']),
      destinationList: typed('destination', ['owning_party', 'location']),
    },
    ...['type', 'eventTime', 'eventTimeZoneOffset', 'action'],
  ),
  anyOf: [{ required: ['epcList'] }, { required: ['quantityList'] }],
};
const SCHEMA = closed(
  {
    ...{ '@context': list(uri), type: { const: 'EPCISDocument' }, schemaVersion: { const: '2.0' }, creationDate: time },
    instanceIdentifier: { type: 'string' },
    epcisBody: closed({ eventList: list(objectEvent) }, 'eventList'),
  },
  ...['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
);

describe('an EPCIS document for a partner', () => {
  const ajv = formats.default(new Ajv({ strict: false }));
  const isValid = ajv.compile(SCHEMA);
  const any = fc.string({ minLength: 1, maxLength: 30, unit: 'binary-ascii' });
  const content = fc.record({
    lineNo: fc.constantFrom(1, 2),
    quantity: fc.integer({ min: 1, max: 24 }),
    lot: any,
    serials: fc.uniqueArray(any, { maxLength: 3 }),
  });
  const unit = fc.constantFrom('EA', 'CT', 'KGM', 'carton', 'box of 6');

  it('is valid by the schema and read back as it was meant, whatever lots, serials and units there are', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), unit, (contents, ordered) => {
        const data = shippedOf(order(ordered, '2'), shipment(...contents), { tenant: 'acme', gln: '5790000435951' });
        const envelope = { standard: 'EPCIS', type: 'ObjectEvent', control: 7, queuedAt: '2026-03-03T12:00:00.000Z' };
        const addressing = { ourId: 'CROSSDOCK', theirId: 'ACMESTORES' };
        const outgoing = [{ type: 'ObjectEvent', document: { kind: 'epcis-events' as const, data } }];
        const { bytes, faults } = writeDocument({ ...envelope, addressing }, outgoing);
        expect(faults).toEqual([]);
        isValid(JSON.parse(new TextDecoder().decode(bytes)));
        expect(isValid.errors ?? []).toEqual([]);
        expect(detect(bytes)).toBe('EPCIS');
        const [read] = translate('EPCIS', bytes, NO_CONTEXT)?.[0]?.documents ?? [];
        expect(read?.faults).toEqual([]);
        expect(read?.canonical?.data).toEqual({ number: '7', created: '2026-03-03T12:00:00.000Z', ...data });
      }),
    );
  });
});
