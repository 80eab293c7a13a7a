import internal from '@nats-io/nats-core/internal';
import type { StoredEvent } from '../road/envelope.js';
import { headersIn, headersOfStored, plain, readHeaders, wireHeaders } from './message-headers.js';

const event: StoredEvent = {
  id: 'e'.repeat(32),
  type: 'orders.evt.order-created',
  version: 1,
  source: 'order-orchestration',
  stream: 'ORDERS',
  tenant: 'acme',
  key: 'Grün: 4711 „A“',
  lane: 'acc-1',
  entityVersion: 3,
  at: '2026-03-02T08:00:00.000Z',
  actor: 'user:jo',
  correlationId: 'c',
  causationId: 'd',
  body: '{}',
};
const { MsgHdrsImpl } = internal;
const encoded = (headers: unknown): Uint8Array => (headers as InstanceType<typeof MsgHdrsImpl>).encode();
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('headers on the wire', () => {
  it('are read back by the client and by us alike', () => {
    const bytes = encoded(wireHeaders(event));
    const read = readHeaders(bytes);
    expect(read).toEqual(plain(MsgHdrsImpl.decode(bytes)));
    expect(read).toMatchObject({ 'ce-id': event.id, 'ce-subject': event.key, 'Nats-Msg-Id': event.id });
  });

  it('take further headers of the client, as those of an atomic batch', () => {
    const headers = wireHeaders(event);
    headers.set('Nats-Batch-Sequence', '2');
    expect(readHeaders(encoded(headers))['Nats-Batch-Sequence']).toBe('2');
  });

  it.each(['a\r\nNats-Rollup: all', 'a\nNats-Rollup: all', 'a\n\rNats-Rollup: all'])('are one line each: %j', (key) => {
    const read = readHeaders(encoded(wireHeaders({ ...event, key })));
    expect(read).toMatchObject({ 'ce-subject': 'a Nats-Rollup: all', 'ce-id': event.id });
    expect(read).not.toHaveProperty('Nats-Rollup');
  });

  it.each([
    ['nothing but the first line', 'NATS/1.0\r\n\r\n', {}],
    ['a status and a name that stands twice', 'NATS/1.0 503 No\r\na: 1\r\na:2\r\nb:\r\n\r\n', { a: '1', b: '' }],
    ['a line without a colon', 'NATS/1.0\r\nodd\r\na: x:y\r\n\r\n', { a: 'x:y' }],
    ['an end that is cut off', 'NATS/1.0\r\na: 1\r\nb: 2', { a: '1' }],
    ['no first line at all', 'a: 1', {}],
  ])('tell %s', (_what, text, expected) => {
    expect(readHeaders(bytesOf(text))).toEqual(expected);
  });

  it('of a client that keeps its bytes elsewhere are read its own way', () => {
    const headers = new MsgHdrsImpl();
    headers.append('ce-id', '1');
    expect(headersIn({ headers })).toEqual({ 'ce-id': '1' });
  });

  it("of a stored message are read from its bytes, and where there are none the client's own way", () => {
    const header = new MsgHdrsImpl();
    header.append('ce-id', '1');
    const hdrs = Buffer.from(encoded(wireHeaders(event))).toString('base64');
    const stored = { header, smr: { message: { hdrs } } };
    expect(headersOfStored(stored)).toEqual(plain(MsgHdrsImpl.decode(encoded(wireHeaders(event)))));
    expect(headersOfStored({ header })).toEqual({ 'ce-id': '1' });
  });
});
