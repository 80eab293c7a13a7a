/** Opens the real ports of a service: MongoDB, JetStream and the road between them. */
import { MongoArchive } from '../archive/mongo-archive.js';
import { archiveDays } from '../archive/retention.js';
import { JetStreamBroker } from '../broker/jetstream-broker.js';
import { MirrorWriter } from '../mirror/mirror.js';
import { MongoJobStore } from '../jobs/mongo-job-store.js';
import { systemClock } from '../road/clock.js';
import { Road, type RoadOptions } from '../road/road.js';
import { connect, type Connection } from '../store/connection.js';
import { forgetOld } from '../store/forgetting.js';
import { MongoQuarantine } from '../store/mongo-quarantine.js';
import { MongoQueries } from '../store/mongo-queries.js';
import { MongoStore } from '../store/mongo-store.js';
import { CommitTimes, Lag } from './lane-gauges.js';
import { Provisioning } from './provisioning.js';
import { Strays } from './strays.js';
import type { OpenPorts, RoadContext, RoadPort } from './road-port.js';

const roadOptions = (
  context: RoadContext,
  store: MongoStore,
  broker: JetStreamBroker,
  times: CommitTimes,
  provision: Provisioning,
): RoadOptions => {
  const { definition, settings, events } = context;
  return {
    service: definition,
    replica: settings.instance,
    leaseMs: settings.leaseMs,
    checkMs: settings.checkMs,
    lanes: settings.lanes,
    store,
    broker,
    clock: systemClock,
    watch: {
      told: (lane, told) => events.told(lane, told),
      committed: (lane, works, said, ms, storeMs?: number) => {
        times.note(lane, Date.now());
        events.committed(lane, works, said, ms, storeMs);
      },
      trouble: (lane, what, error) => {
        events.trouble(lane, what, error);
        // A lane in trouble may have lost its streams or consumers.
        if (error && broker.up) void provision.ensure();
      },
    },
    opened: (lane, asks, fresh) =>
      asks.forEach(({ _id, since, input }) => context.opened({ askId: _id, lane, fresh, firstAskedAt: since, input })),
    closed: context.closed,
  };
};

const mirrors = (
  { definition, settings, events }: RoadContext,
  broker: JetStreamBroker,
  { db }: Connection,
): readonly MirrorWriter[] =>
  (definition.mirrors ?? []).map(
    (mirror) =>
      new MirrorWriter({
        service: definition.name,
        mirror,
        broker,
        db,
        clock: systemClock,
        replicas: settings.streamReplicas,
        bindOnly: settings.bindOnly,
        trouble: (what, error) => events.trouble(definition.name, what, error),
      }),
  );

export const openPorts: OpenPorts = async (context) => {
  const { definition, settings, watch } = context;
  const closing = new AbortController();
  const connection = await connect(settings.mongoUrl, definition.name);
  const broker = await JetStreamBroker.open(settings.natsUrl, `${definition.name} ${settings.instance}`);
  const kinds = definition.decides.flatMap(({ kinds: own }) => Object.keys(own));
  const store = await MongoStore.open(connection, [...new Set(kinds)]);
  const provision = new Provisioning(broker, context, closing.signal);
  const times = new CommitTimes();
  const lag = new Lag(broker, context);
  const quarantine = new MongoQuarantine(connection.db);
  const archive = await MongoArchive.open(connection.db, archiveDays(settings.archiveDays));
  const strays = new Strays({ definition, broker, quarantine, watch, clock: systemClock });
  const road = new Road(roadOptions(context, store, broker, times, provision));
  broker.onConnection((up) => {
    if (up) void provision.ensure();
  });
  /** what runs beside the road until the end */
  const beside: Promise<void>[] = [];
  let started = false;
  const port: RoadPort = {
    start: async () => {
      await provision.ensure();
      await road.start();
      started = true;
      beside.push(strays.run(settings.checkMs, closing.signal));
      beside.push(forgetOld(() => road.lanes(), store, archive, systemClock, closing.signal));
      beside.push(...mirrors(context, broker, connection).map((mirror) => mirror.run(closing.signal)));
    },
    submit: (given) => road.submit(given),
    deposit: (given) => road.deposit(given),
    answer: (lane, input, closes) => road.answer(lane, input, closes),
    postpone: (askId, at) => store.postpone(askId, at),
    drain: () => road.drain(),
    gauges: () => {
      const lanes = road.lanes();
      return lanes.map((lane) => {
        const behind = lag.of(lane.id, lanes);
        return { ...times.gauge(lane, Date.now()), ...(behind === undefined ? {} : { lag: behind }) };
      });
    },
    ready: () => {
      const { ok, reasons } = road.ready();
      const more = [
        ...(started ? [] : ['starting']),
        ...(connection.up() ? [] : ['database is away']),
        ...(provision.missing ? ['streams are not provisioned'] : []),
      ];
      return { ok: ok && more.length === 0, reasons: [...reasons, ...more] };
    },
  };
  return {
    road: port,
    queries: new MongoQueries(connection.db, (kind, id) => road.remembered(kind, id)),
    quarantine,
    jobs: await MongoJobStore.open(connection.db),
    archive,
    close: async () => {
      closing.abort();
      await Promise.all(beside);
      await broker.close().catch((error: unknown) => watch.log.warn({ err: error }, 'the broker was not closed'));
      await connection.close();
    },
  };
};
