/** What happens to messages: each of them again, several times and out of order; and messages that are none. */
import { randomUUID } from 'node:crypto';
import jetstream from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { shuffled, type Drill, type Scene, type Strike } from '../drill.ts';
import { withBroker } from './broker-connection.ts';

const STREAMS = ['CONNECTORS', 'ORDERS', 'INVENTORY', 'SHIPMENTS', 'FINANCE', 'MASTERDATA'];
/** with the first delivery, five in all */
const AGAIN = 4;
/** of one strike: more would only be the same again */
const MOST = 4_000;
const WINDOW = 64;

interface Heard {
  readonly subject: string;
  readonly head: MsgHdrs;
  readonly body: Uint8Array;
}

/** The newest messages of a stream, oldest first. */
async function newestOf(connection: NatsConnection, stream: string, most: number): Promise<Heard[]> {
  const manager = await jetstream.jetstreamManager(connection);
  const { last_seq: last, first_seq: first, messages } = (await manager.streams.info(stream)).state;
  if (messages === 0) return [];
  const client = jetstream.jetstream(connection);
  const consumer = await client.consumers.get(stream, { opt_start_seq: Math.max(first, last - Math.floor(most) + 1) });
  const heard: Heard[] = [];
  for await (const message of await consumer.consume({ max_messages: 500 })) {
    heard.push({ subject: message.subject, head: message.headers ?? headers(), body: message.data.slice() });
    if (message.seq >= last) break;
  }
  return heard;
}

/** The broker's own window against duplicates would swallow them: each copy carries a message id of its own. */
const copyOf = (head: MsgHdrs): MsgHdrs => {
  const copy = headers();
  for (const name of head.keys())
    if (!/^Nats-/i.test(name)) for (const value of head.values(name)) copy.append(name, value);
  copy.set('Nats-Msg-Id', randomUUID());
  return copy;
};

const again: Strike = {
  name: 'every message of the last minutes',
  deed: `sent ${AGAIN} times more, shuffled`,
  strike: async (scene) =>
    withBroker(scene, async (connection) => {
      const { random, say } = scene;
      const client = jetstream.jetstream(connection);
      const copies: Heard[] = [];
      for (const stream of STREAMS) copies.push(...(await newestOf(connection, stream, MOST / STREAMS.length)));
      const all = shuffled(random, Array.from({ length: AGAIN }, () => copies).flat());
      for (let at = 0; at < all.length; at += WINDOW)
        await Promise.all(
          all
            .slice(at, at + WINDOW)
            .map(({ subject, head, body }) => client.publish(subject, body, { headers: copyOf(head) })),
        );
      say(`drill: ${all.length} copies were sent`);
    }),
};

const RESERVE = 'inventory.cmd.reserve-stock';
const aHead = (type: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  'ce-specversion': '1.0',
  'ce-id': `poison-${randomUUID()}`,
  'ce-type': type,
  'ce-source': 'urn:drill',
  'ce-subject': 'poison',
  'ce-time': new Date().toISOString(),
  'ce-tenant': 'acme',
  'ce-version': '1',
  'ce-correlationid': `poison-${randomUUID()}`,
  ...more,
});
const without = (head: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(head).filter(([key]) => key !== name));

interface Poison {
  /** what is wrong with it */
  readonly kind: string;
  /** why it must stand in quarantine */
  readonly reason: string;
  readonly head: Readonly<Record<string, string>>;
  readonly body: string;
}
const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
const tooLong = JSON.stringify({ orderId: 'x'.repeat(200_000), lines: [] });

/** Ten messages of which each is wrong in its own way; all on subjects that inventory-propagation hears. */
const poison = (): readonly Poison[] => [
  { kind: 'no JSON', reason: 'undecodable', head: aHead(RESERVE), body: 'not json' },
  { kind: 'nothing', reason: 'undecodable', head: aHead(RESERVE), body: '' },
  { kind: 'JSON that breaks off', reason: 'undecodable', head: aHead(RESERVE), body: '[1,2,3' },
  { kind: 'no object', reason: 'undecodable', head: aHead(RESERVE), body: 'null' },
  { kind: 'fields of other types', reason: 'schema-violation', head: aHead(RESERVE), body: '{"orderId":7}' },
  { kind: 'a field without end', reason: 'schema-violation', head: aHead(RESERVE), body: tooLong },
  { kind: 'an unknown type', reason: 'contract-unknown', head: aHead('inventory.cmd.make-coffee'), body: '{"a":1}' },
  { kind: 'an unknown version', reason: 'contract-unknown', head: aHead(RESERVE, { 'ce-version': '99' }), body: '{}' },
  { kind: 'no tenant', reason: 'undecodable', head: without(aHead(RESERVE), 'ce-tenant'), body: '{"a":1}' },
  { kind: 'depth without end', reason: 'schema-violation', head: aHead(RESERVE), body: `{"orderId":${deep}}` },
];
/** What was sent, of the drill under way. */
let sent: readonly Poison[] = [];

const poisoned: Strike = {
  name: 'inventory-propagation',
  deed: 'given ten messages that are wrong, each in its own way',
  strike: async (scene) => {
    const given = poison();
    sent = [...sent, ...given];
    await withBroker(scene, async (connection) => {
      const client = jetstream.jetstream(connection);
      for (const { head, body } of given) {
        const told = headers();
        for (const [name, value] of Object.entries(head)) told.set(name, value);
        await client.publish(`${RESERVE}.v1.0${scene.random.below(10)}`, body, { headers: told });
      }
    });
  },
};

/** Each of them stands in quarantine once, for the reason that is its own. */
async function eachInQuarantine({ platform }: Scene): Promise<readonly string[]> {
  const rows = await platform.databases.quarantined('inventory-propagation');
  return sent.flatMap(({ kind, reason, head }) => {
    const reasons = rows.filter(({ messageId }) => messageId === head['ce-id']).map((row) => row.reason);
    return reasons.join() === reason ? [] : [`${kind} is in quarantine for "${reasons.join()}" instead of "${reason}"`];
  });
}

export const messageDrills: readonly Drill[] = [
  {
    name: 'duplicates',
    about: 'The messages of every stream are sent four times more, shuffled, under other message ids.',
    most: 3,
    perMinute: 1,
    strikes: (count) => Array.from({ length: count }, () => again),
  },
  {
    name: 'poison',
    about: 'Ten kinds of poison messages stand among the good ones.',
    most: 1,
    perMinute: 1,
    strikes: () => [poisoned],
    deadLetters: 10,
    after: eachInQuarantine,
  },
];
