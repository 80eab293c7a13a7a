/** The drill's own connection to the broker. */
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Scene } from '../drill.ts';

export async function withBroker<T>(scene: Scene, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const servers = scene.platform.stack.nats.url.split(',');
  const connection = await connect({ servers, name: 'drill', timeout: 5_000 });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
