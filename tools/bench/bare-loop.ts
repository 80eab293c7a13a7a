/**
 * What this machine gives without a domain: one process, five hops; each hop takes up to 64 messages, parses them, writes
 * them by one bulk insert (majority, journal), publishes them on with message ids (window of 64), acknowledges. No
 * domain, no inbox. Prints one line of JSON. `node bare-loop.ts <nats url> <mongo url> <orders> <orders before the clock starts>`
 */
import jetstreamModule, { type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { MongoClient, type Db } from 'mongodb';
import { benchOrder, LINES } from './orders.ts';

const { AckPolicy, jetstream, jetstreamManager, StorageType } = jetstreamModule;
const HOPS = 5;
const BATCH = 64;
const PUBLISHERS = 128;

const [natsUrl = '', mongoUrl = '', count = '1000', first = '0'] = process.argv.slice(2);
const warmUp = Number(first);
const orders = warmUp + Number(count);
const run = `bare-${process.pid}`;
const nats = await connect({ servers: natsUrl });
const js = jetstream(nats);
const manager = await jetstreamManager(nats);
const mongo = await new MongoClient(mongoUrl, { writeConcern: { w: 'majority', journal: true } }).connect();
const db = mongo.db(`bench_${run.replace('-', '_')}`);
const encoder = new TextEncoder();

const subject = (hop: number): string => `bare.${process.pid}.${hop}`;
await manager.streams.add({ name: run, subjects: [`bare.${process.pid}.*`], storage: StorageType.File });
for (let hop = 0; hop < HOPS; hop++) {
  await manager.consumers.add(run, {
    durable_name: `hop-${hop}`,
    filter_subject: subject(hop),
    ack_policy: AckPolicy.Explicit,
    max_ack_pending: 4 * BATCH,
  });
  await db.createCollection(`hop${hop}`);
}

/** One hop from its first message to the last. */
async function hop(js: JetStreamClient, db: Db, at: number): Promise<void> {
  const consumer = await js.consumers.get(run, `hop-${at}`);
  const waiting: JsMsg[] = [];
  let arrived: (() => void) | undefined;
  const subscription = await consumer.consume({
    max_messages: 4 * BATCH,
    callback: (message) => {
      waiting.push(message);
      arrived?.();
    },
  });
  let done = 0;
  while (done < orders) {
    if (waiting.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
    const batch = waiting.splice(0, BATCH);
    const bodies = batch.map((message) => message.json<{ id: string }>());
    await db.collection(`hop${at}`).insertMany(
      bodies.map((body) => ({ ...body, _id: body.id as never })),
      { ordered: false },
    );
    if (at + 1 < HOPS) {
      await Promise.all(
        bodies.map((body) =>
          js.publish(subject(at + 1), encoder.encode(JSON.stringify(body)), { msgID: `${at + 1}:${body.id}` }),
        ),
      );
    }
    for (const message of batch) message.ack();
    done += batch.length;
    if (at + 1 === HOPS && done >= warmUp) warm();
  }
  subscription.stop();
}

let cpuBefore = process.cpuUsage();
let began = performance.now();
/** The clock starts when the first orders are through all hops. */
let warm: () => void;
const warmedUp = new Promise<void>((resolve) => (warm = resolve));
const hops = Array.from({ length: HOPS }, (_, at) => hop(js, db, at));
let next = 0;
const publish = async (most: number): Promise<void> => {
  while (next < most) {
    const n = next++;
    const order = { id: `${run}-${n}`, ...benchOrder(run, n) };
    await js.publish(subject(0), encoder.encode(JSON.stringify(order)), { msgID: `0:${order.id}` });
  }
};
const publishUpTo = (most: number): Promise<unknown> =>
  Promise.all(Array.from({ length: PUBLISHERS }, () => publish(most)));
if (warmUp > 0) {
  await publishUpTo(warmUp);
  await warmedUp;
  cpuBefore = process.cpuUsage();
  began = performance.now();
}
await publishUpTo(orders);
await Promise.all(hops);
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);

await manager.streams.delete(run);
await db.dropDatabase();
await mongo.close();
await nats.close();
process.stdout.write(
  `${JSON.stringify({ orders: orders - warmUp, lines: (orders - warmUp) * LINES, seconds, cpuSeconds: (user + system) / 1e6 })}\n`,
);
