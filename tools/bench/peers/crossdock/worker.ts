/** Our side: the service as it runs in production, and a client that publishes orders and hears when they are done. */
import jetstreamModule from '@nats-io/jetstream';
import { connect, headers as natsHeaders } from '@nats-io/transport-node';
import { headersOf, runService, subjectOf, type StoredEvent } from '@crossdock/runtime';
import { until } from '../../../stack/until.ts';
import { serveBatches } from '../worker-loop.ts';
import type { PeerOrder } from '../steps.ts';
import { DONE, fiveSteps, HEARD } from './five-steps.service.ts';

const READY_MS = 60_000;
const TENANT = 'bench';

const natsUrl = process.env['PEER_NATS_URL'] ?? '';
const service = await runService(fiveSteps, {
  env: {
    CROSSDOCK_NATS_URL: natsUrl,
    CROSSDOCK_MONGO_URL: process.env['PEER_MONGO_URL'] ?? '',
    CROSSDOCK_ISSUER_URL: 'http://127.0.0.1:9',
    CROSSDOCK_HTTP_PORT: '0',
    CROSSDOCK_LOG_LEVEL: 'error',
  },
});
await until({
  what: 'the service to be ready',
  deadlineMs: READY_MS,
  check: async () => (await fetch(`${service.url}/health/ready`)).ok,
});

const nats = await connect({ servers: natsUrl });
const js = jetstreamModule.jetstream(nats);
const waiting = new Map<string, () => void>();
// Published only after the last step's commit, so whoever hears it knows that it is durable.
nats.subscribe(`${DONE.type}.v1.*`, {
  callback: (_, message) => {
    const { orderId } = message.json<PeerOrder>();
    waiting.get(orderId)?.();
    waiting.delete(orderId);
  },
});

const eventOf = (order: PeerOrder): StoredEvent => ({
  id: `begin-${order.orderId}`,
  type: HEARD.reserve.type,
  version: 1,
  source: 'bench',
  stream: HEARD.reserve.stream,
  tenant: TENANT,
  key: order.orderId,
  lane: order.account,
  entityVersion: 0,
  at: new Date().toISOString(),
  actor: 'system:bench',
  correlationId: order.orderId,
  causationId: order.orderId,
  body: JSON.stringify(order),
});

async function one(order: PeerOrder): Promise<void> {
  const event = eventOf(order);
  const headers = natsHeaders();
  for (const [name, value] of Object.entries(headersOf(event))) headers.set(name, value);
  const done = new Promise<void>((resolve) => waiting.set(order.orderId, resolve));
  await js.publish(subjectOf(event), event.body, { headers, msgID: event.id });
  await done;
}

serveBatches(one, async () => {
  await nats.close();
  await service.stop();
});
