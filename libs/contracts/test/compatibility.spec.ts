/** A probe per kind of change: what would break somebody is named, and what adds is let through. */
import { breakingChanges, publishedSchema, WITHDRAWN, type PublishedSchema } from '../src/generate/index.js';
import { allMessages, OrderCreated, ReserveStock } from '../src/index.js';

type Schema = Record<string, never>;
interface Editable {
  title: string;
  required: string[];
  properties: Record<string, Schema>;
  'x-message': Record<string, string>;
  $defs: Record<string, { required: string[]; properties: Record<string, Schema> }>;
}
const EVENT = publishedSchema(OrderCreated);
const COMMAND = publishedSchema(ReserveStock);

const changed = (schema: PublishedSchema, edit: (schema: Editable) => void): readonly string[] => {
  const after = structuredClone(schema) as unknown as Editable;
  edit(after);
  return breakingChanges(schema, after as unknown as PublishedSchema);
};
const set = (holder: object, field: string, value: unknown): void => {
  (holder as Record<string, unknown>)[field] = value;
};
const line = ({ $defs }: Editable): Editable['$defs'][string] => $defs['PricedLine'] as Editable['$defs'][string];
const property = (schema: { properties: Record<string, Schema> }, name: string): Schema =>
  schema.properties[name] as Schema;

const breaking: [string, PublishedSchema, (schema: Editable) => void, string][] = [
  ['a field is removed', EVENT, (s) => delete s.properties['customerPo'], 'customerPo is gone'],
  [
    'a field is renamed',
    EVENT,
    (s) => {
      s.properties['total'] = property(s, 'gross');
      delete s.properties['gross'];
      s.required = s.required.map((name) => (name === 'gross' ? 'total' : name));
    },
    'gross is gone',
  ],
  ['a nested field is removed', EVENT, (s) => delete line(s).properties['net'], 'lines[].net is gone'],
  ['a new field is required', EVENT, (s) => void s.required.push('customerPo'), 'customerPo is required now'],
  [
    'a nested new field is required',
    EVENT,
    (s) => {
      set(line(s).properties, 'batch', { type: 'string' });
      line(s).required.push('batch');
    },
    'lines[].batch is required now',
  ],
  [
    'readers may miss a field of an event',
    EVENT,
    (s) => void (s.required = s.required.filter((name) => name !== 'net')),
    'net may be left out now',
  ],
  ['a type changes', EVENT, (s) => set(property(s, 'net'), 'type', 'string'), 'net was integer, is string'],
  ['whole numbers become any', EVENT, (s) => set(property(s, 'net'), 'type', 'number'), 'net was integer, is number'],
  ['a list becomes one', EVENT, (s) => set(s.properties, 'lines', { type: 'object' }), 'lines was array, is object'],
  [
    'a value is no longer taken',
    EVENT,
    (s) => set(property(line(s), 'kind'), 'enum', ['goods', 'freight']),
    'lines[].kind no longer takes "charge"',
  ],
  ['a field is limited to values', EVENT, (s) => set(property(s, 'currency'), 'enum', ['GBP']), 'list of values'],
  ['a pattern changes', EVENT, (s) => set(property(s, 'currency'), 'pattern', '^GBP$'), 'currency has another pattern'],
  ['a maximum falls', COMMAND, (s) => set(property(s, 'priority'), 'maximum', 5), 'maximum fell from 9 to 5'],
  ['a minimum rises', COMMAND, (s) => set(property(s, 'priority'), 'minimum', 1), 'minimum rose from 0 to 1'],
  ['texts become shorter', EVENT, (s) => set(property(s, 'orderNo'), 'maxLength', 10), 'maxLength fell from 64 to 10'],
  ['texts become longer', EVENT, (s) => set(property(s, 'orderNo'), 'minLength', 6), 'minLength rose'],
  ['lists become shorter', EVENT, (s) => set(property(s, 'lines'), 'maxItems', 600), 'maxItems fell from 5000 to 600'],
  ['lists become longer', EVENT, (s) => set(property(s, 'lines'), 'minItems', 2), 'minItems rose from 1 to 2'],
  ['the lane changes', EVENT, (s) => set(s['x-message'], 'lane', 'node'), 'lane was account, is node'],
  ['the stream changes', EVENT, (s) => set(s['x-message'], 'stream', 'OTHER'), 'stream was ORDERS, is OTHER'],
  ['it leaves the stream', EVENT, (s) => set(s['x-message'], 'travels', 'private'), 'travels was stream, is private'],
];

const harmless: [string, PublishedSchema, (schema: Editable) => void][] = [
  ['nothing', EVENT, () => undefined],
  ['an optional field is added', EVENT, (s) => set(s.properties, 'note', { type: 'string' })],
  ['a nested optional field is added', EVENT, (s) => set(line(s).properties, 'lot', { type: 'string' })],
  ['a value is added', EVENT, (s) => set(property(line(s), 'kind'), 'enum', ['goods', 'freight', 'charge', 'kit'])],
  ['a limit is lifted', EVENT, (s) => set(property(s, 'lines'), 'maxItems', 10_000)],
  ['a text may be longer', EVENT, (s) => set(property(s, 'orderNo'), 'maxLength', 100)],
  ['a pattern is dropped', EVENT, (s) => delete (property(s, 'currency') as Record<string, unknown>)['pattern']],
  ['a sentence is put better', EVENT, (s) => set(s, 'description', 'An order is durable.')],
  ['a command asks for less', COMMAND, (s) => void (s.required = s.required.filter((name) => name !== 'priority'))],
];

describe('the compatibility check', () => {
  it.each(breaking)('fires when %s', (_what, schema, edit, expected) => {
    expect(changed(schema, edit)).toContainEqual(expect.stringContaining(expected));
  });

  it('fires when a message is gone', () => {
    expect(breakingChanges(EVENT, undefined)).toEqual(['orders.evt.order-created.v1 is gone']);
  });

  it('lets days be those of the calendar, and no other pattern be narrower', () => {
    const old = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';
    const before = structuredClone(EVENT) as unknown as Editable;
    set(property(before, 'orderDate'), 'pattern', old);
    const published = before as unknown as PublishedSchema;
    expect(breakingChanges(published, EVENT)).toEqual([]);
    expect(changed(published, (s) => set(property(s, 'orderDate'), 'pattern', '^2026-'))).toEqual([
      expect.stringContaining('orderDate has another pattern'),
    ]);
  });

  it('lets a withdrawn message go when it never stood on a stream, and no other', () => {
    const [title] = Object.keys(WITHDRAWN) as [string];
    const gone = (travels: string): readonly string[] =>
      breakingChanges({ ...EVENT, title, 'x-message': { ...EVENT['x-message'], travels } }, undefined);
    expect(gone('door')).toEqual([]);
    expect(gone('private')).toEqual([]);
    expect(gone('stream')).toEqual([`${title} is gone`]);
  });

  it('knows no message by a name that was withdrawn', () => {
    const names = allMessages().map(({ type, version }) => `${type}.v${version}`);
    expect(Object.keys(WITHDRAWN).filter((name) => names.includes(name))).toEqual([]);
  });

  it.each(harmless)('is silent when %s', (_what, schema, edit) => {
    expect(changed(schema, edit)).toEqual([]);
  });
});
