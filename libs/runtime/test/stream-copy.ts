/** A copy of one stream, as a backup takes it, and the stream set back to it while everyone stays connected. */
import type { JetStreamBroker } from '@crossdock/runtime';
import { createInbox, type NatsConnection } from '@nats-io/transport-node';

const CHUNK_BYTES = 131_072;

const asked = async <T>(connection: NatsConnection, subject: string, body: object): Promise<T> => {
  const answer = (await connection.request(subject, JSON.stringify(body), { timeout: 5_000 })).json<T>();
  const { error } = answer as { error?: { description: string } };
  if (error) throw new Error(`${subject}: ${error.description}`);
  return answer;
};

/** Takes the copy; what it answers sets the stream back to it, its consumers too. */
export const copyOf = async (
  { connection, manager }: JetStreamBroker,
  stream: string,
): Promise<() => Promise<void>> => {
  const deliver_subject = createInbox();
  const chunks: Uint8Array[] = [];
  const arriving = connection.subscribe(deliver_subject);
  const head = await asked<{ config: object; state: object }>(connection, `$JS.API.STREAM.SNAPSHOT.${stream}`, {
    deliver_subject,
    chunk_size: CHUNK_BYTES,
  });
  for await (const message of arriving) {
    if (message.data.length === 0) break;
    chunks.push(message.data.slice());
    message.respond();
  }
  return async () => {
    await manager.streams.delete(stream);
    const to = await asked<{ deliver_subject: string }>(connection, `$JS.API.STREAM.RESTORE.${stream}`, {
      config: head.config,
      state: head.state,
    });
    for (const chunk of [...chunks, new Uint8Array()])
      await connection.request(to.deliver_subject, chunk, { timeout: 5_000 });
  };
};
