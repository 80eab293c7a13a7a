/**
 * Streams, durable consumers and buckets as the definitions declare them: plan (what differs), show, apply. In Kubernetes
 * services run bind-only: they wait until somebody with the right has provisioned.
 */
import jetstreamModule from '@nats-io/jetstream';
import type { ConsumerConfig, JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { partitionToken, PARTITIONS } from '@crossdock/kernel';
import { DOMAINS, earlierVersions } from '@crossdock/contracts';
import { DEAD_LETTERS } from '../road/envelope.js';
import { durableOf } from '../road/intake.js';
import { heardBy, type ServiceDefinition } from '../service.js';

const { AckPolicy, DeliverPolicy, DiscardPolicy, ReplayPolicy, RetentionPolicy, StorageType } = jetstreamModule;

const NANOS = 1_000_000;
const MAX_ACK_PENDING = 4_096;
const DUPLICATE_WINDOW_MS = 120_000;
export const AVAILABILITY_BUCKET = 'availability';

export interface ProvisionOptions {
  readonly replicas: number;
  /** lanes per decider; 1 unless said */
  readonly lanes: Readonly<Record<string, number>>;
  readonly maxAgeMs: number;
  /** time for an acknowledgement before the broker delivers again; redelivery is the owner's business, so it is long */
  readonly ackWaitMs: number;
  /** what a consumer hears beyond what is declared stays: a newer version of the service may have asked for it */
  readonly keepWider?: boolean;
}
export const developmentOptions: ProvisionOptions = {
  replicas: 1,
  lanes: {},
  maxAgeMs: 30 * 86_400_000,
  ackWaitMs: 600_000,
};

export interface StreamPlan {
  readonly stream: Partial<StreamConfig> & { readonly name: string };
  readonly difference: 'missing' | 'differs' | 'same';
  readonly fields: readonly string[];
}
export interface ConsumerPlan {
  readonly stream: string;
  readonly consumer: Partial<ConsumerConfig> & { readonly durable_name: string };
  readonly difference: 'missing' | 'differs' | 'same';
  readonly fields: readonly string[];
}
export interface Plan {
  readonly streams: readonly StreamPlan[];
  readonly consumers: readonly ConsumerPlan[];
}

const streamConfig = (
  name: string,
  subjects: string[],
  options: ProvisionOptions,
): Partial<StreamConfig> & { name: string } =>
  ({
    name,
    subjects,
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    num_replicas: options.replicas,
    max_age: options.maxAgeMs * NANOS,
    duplicate_window: DUPLICATE_WINDOW_MS * NANOS,
    allow_direct: true,
    allow_atomic: true,
  }) as Partial<StreamConfig> & { name: string };

/** Every stream of the published language; a service needs those it hears and says, a fresh system all. */
export const declaredStreams = (options: ProvisionOptions): readonly (Partial<StreamConfig> & { name: string })[] => [
  ...Object.entries(DOMAINS).map(([domain, { stream }]) =>
    streamConfig(stream, [`${domain}.evt.>`, `${domain}.cmd.>`], options),
  ),
  streamConfig(DEAD_LETTERS, ['deadletters.evt.>'], options),
];

/** One durable per lane and stream: subjects of the messages heard, restricted to the lane's partitions. */
export const declaredConsumers = (
  service: ServiceDefinition,
  options: ProvisionOptions,
): readonly { stream: string; consumer: Partial<ConsumerConfig> & { durable_name: string } }[] =>
  service.decides.flatMap((decider) => {
    const of = options.lanes[decider.name] ?? 1;
    // Who hears the newest version is given the older ones too, lifted on their way in.
    const messages = [...new Set(heardBy(decider).flatMap((message) => [message, ...earlierVersions(message)]))];
    const streams = [...new Set(messages.map(({ stream }) => stream))].sort();
    return Array.from({ length: of }, (_, k) => k).flatMap((k) =>
      streams.map((stream) => ({
        stream,
        consumer: {
          durable_name: durableOf(service.name, decider.name, k, of),
          ack_policy: AckPolicy.Explicit,
          ack_wait: options.ackWaitMs * NANOS,
          deliver_policy: DeliverPolicy.All,
          replay_policy: ReplayPolicy.Instant,
          max_ack_pending: MAX_ACK_PENDING,
          max_deliver: -1,
          filter_subjects: messages
            .filter((message) => message.stream === stream)
            .flatMap((message) => subjectsOf(`${message.type}.v${message.version}`, k, of)),
        },
      })),
    );
  });

const subjectsOf = (contract: string, k: number, of: number): string[] =>
  of === 1
    ? [`${contract}.*`]
    : Array.from({ length: PARTITIONS }, (_, p) => p)
        .filter((p) => p % of === k)
        .map((p) => `${contract}.${partitionToken(p)}`);

const differing = (wanted: object, found: object): string[] =>
  Object.entries(wanted)
    .filter(
      ([field, value]) =>
        JSON.stringify(sorted(value)) !== JSON.stringify(sorted((found as Record<string, unknown>)[field])),
    )
    .map(([field]) => field);
const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value);

const notFound = (error: unknown): boolean => /not found/i.test((error as Error).message);

/** What differs between what is declared and what the broker has. */
export const plan = async (
  manager: JetStreamManager,
  services: readonly ServiceDefinition[],
  options: ProvisionOptions,
): Promise<Plan> => {
  const streams = await Promise.all(
    declaredStreams(options).map(async (stream): Promise<StreamPlan> => {
      try {
        const { config } = await manager.streams.info(stream.name);
        const fields = differing(stream, config);
        return { stream, difference: fields.length > 0 ? 'differs' : 'same', fields };
      } catch (error) {
        if (notFound(error)) return { stream, difference: 'missing', fields: [] };
        throw error;
      }
    }),
  );
  const consumers = await Promise.all(
    services
      .flatMap((service) => declaredConsumers(service, options))
      .map(async ({ stream, consumer: declared }): Promise<ConsumerPlan> => {
        let consumer = declared;
        try {
          const { config } = await manager.consumers.info(stream, consumer.durable_name);
          if (options.keepWider) consumer = widened(declared, config);
          const fields = differing(consumer, config);
          return { stream, consumer, difference: fields.length > 0 ? 'differs' : 'same', fields };
        } catch (error) {
          if (notFound(error)) return { stream, consumer, difference: 'missing', fields: [] };
          throw error;
        }
      }),
  );
  return { streams, consumers };
};

const widened = <C extends Partial<ConsumerConfig>>(
  declared: C,
  { filter_subjects: heard = [] }: ConsumerConfig,
): C => ({
  ...declared,
  filter_subjects: [...new Set([...(declared.filter_subjects ?? []), ...heard])],
});

export const needed = (found: Plan): boolean =>
  [...found.streams, ...found.consumers].some(({ difference }) => difference !== 'same');

/** One line per difference, for people. */
export const show = (found: Plan): string =>
  [
    ...found.streams.map(({ stream, difference, fields }) => ({ what: `stream ${stream.name}`, difference, fields })),
    ...found.consumers.map(({ stream, consumer, difference, fields }) => ({
      what: `consumer ${stream}/${consumer.durable_name}`,
      difference,
      fields,
    })),
  ]
    .filter(({ difference }) => difference !== 'same')
    .map(
      ({ what, difference, fields }) => `${what}: ${difference}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`,
    )
    .join('\n');

/** Makes the broker what is declared. Several may apply at once: what another made meanwhile is taken as made. */
export const applyPlan = async (manager: JetStreamManager, found: Plan): Promise<void> => {
  for (const { stream, difference } of found.streams) {
    if (difference === 'missing') await manager.streams.add(stream).catch(ignoreInUse);
    if (difference === 'differs') await manager.streams.update(stream.name, stream);
  }
  for (const { stream, consumer, difference } of found.consumers) {
    if (difference === 'missing') await manager.consumers.add(stream, consumer).catch(ignoreInUse);
    if (difference === 'differs') await manager.consumers.update(stream, consumer.durable_name, consumer);
  }
};
const ignoreInUse = (error: unknown): void => {
  if (!/in use|already exists/i.test((error as Error).message)) throw error;
};
