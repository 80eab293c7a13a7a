/** A replica of a service in this process, on real servers: with what happened to it written down, and ports to tamper with. */
import { randomUUID } from 'node:crypto';
import { derivedId, type Input } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import {
  applyPlan,
  connect,
  developmentOptions,
  JetStreamBroker,
  MongoStore,
  plan,
  Road,
  systemClock,
  type Broker,
  type CommitPlan,
  type Connection,
  type DueDocument,
  type ProvisionOptions,
  type ServiceDefinition,
  type Store,
  type StoredEvent,
  type Told,
} from '@crossdock/runtime';
import { mortal, tapped } from './tampering.ts';

export interface RunningReplica {
  readonly road: Road;
  readonly broker: JetStreamBroker;
  readonly connection: Connection;
  readonly troubles: string[];
  /** every commit that the store took */
  readonly commits: CommitPlan[];
  readonly told: Told[];
  readonly asked: DueDocument[];
  stop(): Promise<void>;
  /** as if it was killed: nothing of it acts any more, nothing is given back */
  crash(): Promise<void>;
}
export interface Where {
  readonly natsUrl: string;
  readonly mongoUrl: string;
  readonly leaseMs?: number;
  readonly checkMs?: number;
  readonly drainMs?: number;
  readonly lanes?: Readonly<Record<string, number>>;
  readonly tell?: (trouble: string) => void;
  /** calls of its ports that are answered otherwise */
  readonly store?: (real: Store) => Partial<Store>;
  readonly messages?: (real: Broker) => Partial<Broker>;
}

export const provisionAll = async (
  natsUrl: string,
  services: readonly ServiceDefinition[],
  options: Partial<ProvisionOptions> = {},
): Promise<void> => {
  const broker = await JetStreamBroker.open(natsUrl, 'provision');
  await applyPlan(broker.manager, await plan(broker.manager, services, { ...developmentOptions, ...options }));
  await broker.close();
};

export const startReplica = async (service: ServiceDefinition, where: Where): Promise<RunningReplica> => {
  const connection = await connect(where.mongoUrl, service.name);
  const broker = await JetStreamBroker.open(where.natsUrl, service.name);
  const kinds = service.decides.flatMap((decider) => Object.keys(decider.kinds as object));
  const store = await MongoStore.open(connection, kinds);
  const [troubles, commits, told, asked]: [string[], CommitPlan[], Told[], DueDocument[]] = [[], [], [], []];
  const life = mortal();
  const taken = tapped<Store>(store, {
    commit: async (given) => {
      await store.commit(given);
      commits.push(given);
    },
  });
  const road = new Road({
    service,
    replica: `${service.name}-${process.pid}-${randomUUID().slice(0, 8)}`,
    leaseMs: where.leaseMs ?? 1_000,
    checkMs: where.checkMs ?? 500,
    ...(where.drainMs ? { drainMs: where.drainMs } : {}),
    lanes: where.lanes ?? {},
    store: life.of(tapped(taken, where.store?.(taken) ?? {})),
    broker: life.of(tapped<Broker>(broker, where.messages?.(broker) ?? {})),
    clock: life.of(systemClock),
    watch: {
      told: (_lane, one) => void told.push(one),
      committed: () => undefined,
      trouble: (lane, what, error) => {
        const text = `${lane} ${what} ${error instanceof Error ? error.message : ''}`;
        troubles.push(text);
        where.tell?.(text);
      },
    },
    opened: (_lane, asks) => void asked.push(...asks),
    closed: () => undefined,
  });
  const close = async (): Promise<void> => {
    await broker.close();
    await connection.close();
  };
  await road.start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await road.drain();
    await close();
  };
  const crash = async (): Promise<void> => {
    life.end();
    await close();
  };
  return { road, broker, connection, troubles, commits, told, asked, stop, crash };
};

/** An event as an outside speaker would publish it. */
export const eventOf = <D extends object>(
  contract: Message<D>,
  data: D,
  more: Partial<StoredEvent> = {},
): StoredEvent => {
  const id = more.id ?? randomUUID();
  return {
    id,
    type: contract.type,
    version: contract.version,
    source: 'test',
    stream: contract.stream,
    tenant: 'acme',
    key: contract.key(data),
    lane: contract.lane(data),
    entityVersion: 0,
    at: new Date().toISOString(),
    actor: 'system:test',
    correlationId: derivedId('correlation', id),
    causationId: id,
    body: JSON.stringify(data),
    ...more,
  };
};

export const doorInput = <D extends object>(contract: Message<D>, data: D, id: string = randomUUID()): Input => ({
  id,
  type: contract.type,
  version: contract.version,
  tenant: 'acme',
  key: contract.key(data),
  data,
  at: new Date().toISOString(),
  actor: { kind: 'user', id: 'test' },
  correlationId: id,
  entityVersion: 0,
});
