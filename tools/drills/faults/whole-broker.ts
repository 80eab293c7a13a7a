/** After a loss: does the broker hold again all that was committed before it? */
import jetstream, { type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Scene } from '../drill.ts';
import { withBroker } from './broker-connection.ts';

const FETCH_MS = 5_000;
const AT_ONCE = 1_000;

/** Ids of the messages that stand on one stream. */
async function idsOn(connection: NatsConnection, manager: JetStreamManager, stream: string): Promise<string[]> {
  const last = (await manager.streams.info(stream)).state.last_seq;
  if (last === 0) return [];
  const consumer = await jetstream.jetstream(connection).consumers.get(stream, { headers_only: true });
  const ids: string[] = [];
  for (let left = (await consumer.info()).num_pending; left > 0;) {
    const before = left;
    for await (const message of await consumer.fetch({ max_messages: Math.min(left, AT_ONCE), expires: FETCH_MS })) {
      left--;
      ids.push(message.headers?.get('ce-id') ?? '');
    }
    if (left === before) throw new Error(`${left} messages of ${stream} did not come`);
  }
  return ids;
}

/** Remembers what is committed now; the answer tells whether all of it stands on the streams. */
export async function wholeAgain(scene: Scene): Promise<() => Promise<boolean>> {
  const missing = new Set(await scene.platform.databases.committedIds());
  scene.say(`drill: ${missing.size} events are committed`);
  return () =>
    withBroker(scene, async (connection) => {
      const manager = await jetstream.jetstreamManager(connection, { timeout: FETCH_MS });
      for await (const { config } of manager.streams.list())
        if (!config.name.startsWith('KV_'))
          for (const id of await idsOn(connection, manager, config.name)) missing.delete(id);
      return missing.size === 0;
    });
}
