/** Which mishaps a seed plans. */
import type { Random } from '@crossdock/testing';
import { HEARD, type Mishap } from './plan.ts';
import { SERVICES, SHIPMENTS, type ServiceName } from './services.ts';

export const MISHAPS = [
  'kill',
  'kill',
  'kill',
  'stop',
  'second replica',
  'freeze',
  'cut off',
  'broker wiped',
  'broker set back',
  'streams lost',
  'deliveries late',
  'messages again',
  'clock jumps',
  'erp away',
  'wms away',
  'store away',
] as const satisfies readonly Mishap['kind'][];

/** Calls of the ports, between two of which a process may be killed. */
const CALLS = [
  ...['commit', 'commit', 'commit', 'handled', 'load', 'storePositions', 'postpone', 'attempt', 'dueNow'],
  ...['deposit', 'dropDeposits'],
  ...['renew', 'living', 'lanes', 'readLane', 'waiting', 'commits', 'takeLane', 'releaseLane', 'declareLanes'],
].map((name) => `store.${name}`);
const BROKER_CALLS = [
  'publish',
  'publish',
  'publish',
  'reset',
  'consume',
  'stream',
  'message',
  'delivered',
  'request',
].map((name) => `broker.${name}`);
const kill = (random: Random, service: ServiceName, replica: number): Mishap => {
  const named = random.happens(0.6);
  const step = `${random.pick([...CALLS, ...BROKER_CALLS])} ${random.pick(['before', 'after'])}`;
  return {
    kind: 'kill',
    // Only what carriers tell is kept before it is decided.
    service: named && /deposit/i.test(step) ? SHIPMENTS : service,
    replica,
    steps: 1 + random.below(named ? 4 : 60),
    ...(named ? { step } : {}),
    awayMs: random.below(random.happens(0.5) ? 100 : 2_500),
  };
};

export const mishap = (random: Random, kind: Mishap['kind']): Mishap => {
  const service = random.pick(SERVICES);
  const replica = random.below(2);
  switch (kind) {
    case 'kill':
      return kill(random, random.happens(0.4) ? 'order-orchestration' : service, replica);
    case 'stop':
    case 'second replica':
      return { kind, service, replica };
    case 'freeze':
      // About as long as a lease, so that the old owner wakes while the new one takes up its work.
      return {
        kind,
        service,
        replica,
        ms: random.happens(0.7) ? 1_400 + random.below(1_600) : 200 + random.below(4_000),
      };
    case 'cut off':
      return { kind, service, replica, ms: 200 + random.below(4_000) };
    case 'broker set back':
      return { kind, lost: 1 + random.below(12) };
    case 'streams lost':
      return { kind, lost: random.happens(0.6) ? 'all' : 1 + random.below(12) };
    case 'deliveries late':
      return { kind, service, stream: random.pick(HEARD), ms: 300 + random.below(3_000) };
    case 'clock jumps':
      return { kind, ms: random.pick([1_000, 30_000, 6 * 60_000, 20 * 60_000]) };
    case 'erp away':
    case 'wms away':
      return { kind, ms: random.pick([1_000, 5_000]) };
    case 'store away':
      return { kind, service, ms: 300 + random.below(2_000) };
    default:
      return { kind };
  }
};
