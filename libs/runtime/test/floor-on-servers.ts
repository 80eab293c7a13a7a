/** The road on nats-server and mongod: a floor for its conformance suite. */
import { randomUUID } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { eventually } from '@crossdock/testing';
import { serviceA, serviceB } from './chain.ts';
import { provisionAll } from './replica-of.ts';
import type { Floor } from './road-conformance.ts';
import type { Stage } from './stage.ts';
import { copyOf } from './stream-copy.ts';

const DEADLINE_MS = 40_000;

/** One stage serves all cases, one after the other; keys are new in each. */
export const floorOnServers = (stage: Stage): Floor => {
  const { nats, natsStore } = stage.servers;
  const copy = `${natsStore}-kept`;
  const back = async (): Promise<void> => {
    await nats.restart();
    await eventually('the speaker is back', () => stage.speaker.up);
    await provisionAll(nats.url, [serviceA, serviceB]);
  };
  return {
    until: async (what, holds) => void (await eventually(what, async () => (await holds()) || undefined, DEADLINE_MS)),
    over: (promise) => promise,
    start: (taps, more = {}) => stage.startA({ ...more, ...(taps ? { store: taps } : {}) }),
    publish: async (events) => void (await stage.speaker.publish(events)),
    publishCopy: (event, id) => stage.publishCopy(event, id === null ? null : randomUUID()),
    tally: (key) => stage.tally(key),
    lane: () => stage.lane(),
    parked: (key) => stage.rows('due').countDocuments({ kind: 'parked', 'input.key': key }),
    quarantined: async (messageId) =>
      (await stage
        .rows<{ _id: string; messageId: string; reason: string; attempts: number }>('quarantine')
        .findOne({ messageId })) ?? undefined,
    deposited: async (key) =>
      (await stage.deposited(key)).map(({ id, version, data: { amount } }) => ({ id, version, amount })),
    copyOf: (stream) => copyOf(stage.speaker, stream),
    keepCopy: async () => {
      await nats.kill9();
      await rm(copy, { recursive: true, force: true });
      await cp(natsStore, copy, { recursive: true });
      await back();
    },
    lose: async (what) => {
      await nats.kill9();
      await nats.wipeStore();
      if (what === 'all since the copy') await cp(copy, natsStore, { recursive: true });
      await back();
    },
  };
};
