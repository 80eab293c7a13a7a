/** The same five durable steps per order on other engines and on our road, each alone on the machine, in turn. */
import { MongoClient } from 'mongodb';
import type { Say } from '../../setup/failure.ts';
import { usageOf } from '../../start/usage.ts';
import { figureOf, ratioOf } from '../figures.ts';
import { ownStack } from '../own-stack.ts';
import { crossdockPeer } from '../peers/crossdock.ts';
import { dbosPeer } from '../peers/dbos.ts';
import { familyOf } from '../peers/family.ts';
import type { Peer, RunningPeer } from '../peers/peer.ts';
import { restatePeer } from '../peers/restate.ts';
import { STEPS } from '../peers/steps.ts';
import { temporalPeer } from '../peers/temporal.ts';
import { defineScenario, perSecondOf, type Run } from '../scenario.ts';

const OTHERS: readonly Peer[] = [restatePeer, dbosPeer, temporalPeer];
/** Before the clock starts, as a share of the orders. */
const WARM_UP = 0.2;
/** Tried with each number of orders at once, as a share of the orders. */
const TRIED = 0.25;

interface Measured {
  readonly run: Run;
  readonly concurrency: number;
  readonly faults: readonly string[];
}

/** A side on servers of its own, with nothing of the others running. */
async function measured(peer: Peer, orders: number, known: number | undefined): Promise<Measured> {
  const { dir, stack, end } = await ownStack(`peer-${peer.name}`);
  let running: RunningPeer | undefined;
  try {
    const place = { dir, mongoUrl: databaseOf(stack.mongo.adminUrl), natsUrl: stack.nats.url };
    running = await peer.start(place);
    const few = (share: number): number => Math.max(5, Math.ceil(orders * share));
    await running.run({ prefix: 'warm', orders: few(WARM_UP), concurrency: peer.concurrencies[0] ?? 1 });
    const concurrency = known ?? (await bestOf(peer, running, few(TRIED)));
    const pids = (): readonly number[] => familyOf([...(running?.pids ?? []), ...stack.pids().map(({ pid }) => pid)]);
    const cpu = async (): Promise<number> =>
      [...(await usageOf(pids())).values()].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
    const before = await cpu();
    const seconds = await running.run({ prefix: 'run', orders, concurrency });
    const processes = [{ name: 'all processes', cpuSeconds: (await cpu()) - before, maxRssMb: 0 }];
    return {
      run: { work: orders, seconds, processes },
      concurrency,
      faults: await missing(peer, place.mongoUrl, orders),
    };
  } finally {
    await running?.stop();
    await end();
  }
}

/** The first batch told nothing yet about which number of orders at once suits the side. */
async function bestOf(peer: Peer, running: RunningPeer, orders: number): Promise<number> {
  let best = { concurrency: peer.concurrencies[0] ?? 1, seconds: Infinity };
  for (const concurrency of peer.concurrencies) {
    const seconds = await running.run({ prefix: `try${concurrency}`, orders, concurrency });
    if (seconds < best.seconds) best = { concurrency, seconds };
  }
  return best.concurrency;
}

const databaseOf = (adminUrl: string): string => {
  const url = new URL(adminUrl);
  url.pathname = '/peer';
  if (!url.searchParams.has('authSource')) url.searchParams.set('authSource', 'admin');
  return url.toString();
};

/** Every step must have left a document of every order. */
async function missing(peer: Peer, mongoUrl: string, orders: number): Promise<readonly string[]> {
  const client = await new MongoClient(mongoUrl).connect();
  try {
    const db = client.db('peer');
    const counts = await Promise.all(
      STEPS.map(async (step) => {
        const isOurs = peer === crossdockPeer;
        const name = isOurs ? `state_bench${step}` : step;
        return [
          step,
          await db.collection<{ _id: string }>(name).countDocuments({ _id: isOurs ? /\|run-/ : /^run-/ }),
        ] as const;
      }),
    );
    return counts.flatMap(([step, count]) =>
      count === orders ? [] : [`${peer.name}: ${step} left ${count} of ${orders} documents`],
    );
  } finally {
    await client.close();
  }
}

async function available(say: Say): Promise<{ readonly peers: readonly Peer[]; readonly notes: string[] }> {
  const peers: Peer[] = [crossdockPeer];
  const notes: string[] = [];
  for (const peer of OTHERS) {
    const why = await peer.prepare(say);
    if (why === undefined) peers.push(peer);
    else notes.push(`${peer.name} did not run: ${why}.`);
  }
  for (const note of notes) say(note);
  return { peers, notes };
}

export const peers = defineScenario({
  name: 'peers',
  about: 'five durable steps per order of 24 lines, each with its MongoDB document, on other engines and on our road',
  sizes: { alone: { runs: 3, orders: 1_000 }, tiny: { runs: 1, orders: 20 } },
  run: async ({ runs, orders }, say) => {
    const { peers: installed, notes } = await available(say);
    const told = new Map<string, Measured[]>(installed.map(({ name }) => [name, []]));
    for (let nth = 1; nth <= runs; nth++)
      for (const peer of installed) {
        say(`run ${nth} of ${runs}: ${orders} orders on ${peer.name}`);
        const each = told.get(peer.name);
        if (!each) continue;
        try {
          each.push(await measured(peer, orders, each[0]?.concurrency));
        } catch (error) {
          // What another engine can not do on this machine is told, and keeps nobody else from being measured.
          if (peer === crossdockPeer) throw error;
          told.delete(peer.name);
          notes.push(`${peer.name} failed: ${error instanceof Error ? error.message : String(error)}.`);
        }
      }
    const sides = installed.filter(({ name }) => told.has(name));
    const rates = ({ name }: Peer): number[] => (told.get(name) ?? []).map(({ run }) => perSecondOf(run));
    const others = sides.filter((peer) => peer !== crossdockPeer);
    const best = others.toSorted((a, b) => figureOf(rates(b)).median - figureOf(rates(a)).median)[0];
    return {
      rows: [
        ...sides.map((peer) => ({
          what: `orders/s, ${peer.name}, ${told.get(peer.name)?.[0]?.concurrency ?? 0} at once`,
          figure: figureOf(rates(peer)),
          digits: 0,
        })),
        ...(best
          ? [
              {
                what: `Crossdock / ${best.name}, the best of the others`,
                figure: ratioOf(rates(crossdockPeer), rates(best)),
                digits: 1,
                must: { atLeast: 2 },
                aim: { atLeast: 5 },
              },
            ]
          : []),
      ],
      sides: sides.map(({ name }) => ({
        name,
        per: 'order',
        runs: (told.get(name) ?? []).map(({ run }) => run),
      })),
      notes,
      faults: [...told.values()].flat().flatMap(({ faults }) => faults),
    };
  },
});
