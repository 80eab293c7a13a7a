/** Buckets of the newest values (mirrors) as the definitions declare them: planned and applied like streams. */
import jetstreamModule from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { ServiceDefinition } from '../service.js';

const { jetstreamManager } = jetstreamModule;

export interface BucketPlan {
  readonly bucket: string;
  readonly replicas: number;
  readonly difference: 'missing' | 'differs' | 'same';
}

/** The stream behind a bucket. */
const streamOf = (bucket: string): string => `KV_${bucket}`;

export const planBuckets = async (
  connection: NatsConnection,
  services: readonly Pick<ServiceDefinition, 'mirrors'>[],
  replicas: number,
): Promise<readonly BucketPlan[]> => {
  const manager = await jetstreamManager(connection);
  const buckets = new Set(services.flatMap(({ mirrors = [] }) => mirrors.map(({ bucket }) => bucket)));
  return Promise.all(
    [...buckets].sort().map(async (bucket): Promise<BucketPlan> => {
      const found = await manager.streams.info(streamOf(bucket)).catch((error: unknown) => {
        if (/not found/i.test((error as Error).message)) return undefined;
        throw error;
      });
      if (!found) return { bucket, replicas, difference: 'missing' };
      return { bucket, replicas, difference: found.config.num_replicas === replicas ? 'same' : 'differs' };
    }),
  );
};

/** A service makes the same bucket where nobody provisions for it: see the mirror. */
export const applyBuckets = async (connection: NatsConnection, found: readonly BucketPlan[]): Promise<void> => {
  const manager = await jetstreamManager(connection);
  for (const { bucket, replicas, difference } of found) {
    if (difference === 'missing') await new Kvm(connection).create(bucket, { history: 1, replicas });
    if (difference === 'differs') await manager.streams.update(streamOf(bucket), { num_replicas: replicas });
  }
};
