/** One seed from beginning to end: bustle, rest, perhaps a night, then the verdict. */
import { checkWorld, projectionsAreFolds, Random, takeOver, type Verdict } from '@crossdock/testing';
import { TwinBooks } from './world/books.ts';
import { countPairsIn, type Reached } from './world/coverage.ts';
import { befall } from './world/mishaps.ts';
import { ITEMS, type Action, type Mishap, type Plan, type Wanted } from './world/plan.ts';
import { busyIn } from './world/rest.ts';
import { CHECK_MS } from './world/running.ts';
import { beyondInvariants, disagreements } from './world/strict.ts';
import { retryCases } from './world/operator.ts';
import { SERVICES, TENANTS, type Definitions } from './world/services.ts';
import { want } from './world/trade.ts';
import { World } from './world/world.ts';

export interface Fault {
  /** I1 to I17, `rest` when the world does not come to rest, `world` when something broke that must not */
  readonly id: string;
  readonly text: string;
}
export interface Outcome {
  readonly seed: number;
  readonly digest: string;
  readonly faults: readonly Fault[];
  readonly reached: Reached;
  /** what became of the orders, by status */
  readonly orders: Readonly<Record<string, number>>;
  /** simulated milliseconds */
  readonly lasted: number;
}

/** Nobody is at work for so long before the world counts as at rest. */
const QUIET_MS = 700;
const LOOK_EVERY_MS = 50;
const AFTER_CHECK_MS = 500;
const REST_LIMIT_MS = 240_000;
const DAY_MS = 24 * 3_600_000;

const isMishap = (action: Action): action is { at: number } & Mishap => !('tenant' in action);

const play = async (world: World): Promise<void> => {
  const begin = world.clock.now();
  for (const tenant of TENANTS) world.speak(...world.dataOf(tenant).opening());
  for (const name of SERVICES) for (let nth = 0; nth < world.plan.replicas[name]; nth++) world.start(name);
  // Before the first order stands what it is checked against.
  await world.clock.until(() => world.knowsItsTrade(), 20_000);
  const opened = world.clock.now();
  for (const [nth, action] of world.plan.actions.entries()) {
    const wait = opened + action.at - world.clock.now();
    if (wait > 0) await world.clock.pass(wait);
    if (isMishap(action)) void befall(world, action).catch((error: unknown) => world.fail(error));
    else void want(world, action as Wanted & { again?: true }, nth).catch((error: unknown) => world.fail(error));
  }
  await world.clock.pass(Math.max(0, 200 - (world.clock.now() - begin)));
};

/** Waits until nobody has been at work for a while; why not, when it takes too long. */
const rest = async (world: World, strictly: boolean): Promise<string | undefined> => {
  let since = world.clock.now();
  let why: string | undefined = 'the end of the bustle';
  let next = since;
  const isQuiet = (): boolean => {
    const now = world.clock.now();
    if (now < next) return false;
    next = now + LOOK_EVERY_MS;
    why = busyIn(world, strictly);
    if (why) since = now;
    return now - since >= QUIET_MS;
  };
  const settled = await world.clock.until(isQuiet, REST_LIMIT_MS);
  if (world.clock.stalled) return 'somebody goes round in circles without time going on';
  return settled ? undefined : (why ?? 'nobody wakes any more');
};

/** More than enough of everything comes in, so that what waits for stock can go on. */
const replenish = async (world: World): Promise<void> => {
  const receipts = TENANTS.flatMap((tenant) =>
    Object.entries(ITEMS).flatMap(([item, nodes]) =>
      nodes.map((node) => want(world, { kind: 'receipt', tenant, no: `END-${item}`, node, item, quantity: 200 }, 0)),
    ),
  );
  let done = false;
  void Promise.all(receipts).then(() => (done = true));
  await world.clock.until(() => done, 30_000);
};

/** Comes to rest, with a person trying again what was refused, until nothing more happens. */
const settle = async (world: World, strictly = false): Promise<string | undefined> => {
  for (let round = 0; round < 4; round++) {
    const why = await rest(world, strictly);
    if (why) return why;
    if ((await retryCases(world)) === 0) return undefined;
  }
  return undefined;
};

/** How long the order waits that is kept back longest. */
const keptBackMs = (world: World): number =>
  Math.max(
    0,
    ...[...world.stores['order-orchestration'].states.values()].flatMap(({ kind, s }) => {
      const { releaseNotBefore } = s as { releaseNotBefore?: string };
      return kind === 'order' && releaseNotBefore ? [Date.parse(releaseNotBefore) - world.clock.now()] : [];
    }),
  );

/** What the goods that come in at the end would cover up. */
const lookAt = async (world: World): Promise<void> => {
  const { id, violations } = await projectionsAreFolds(new TwinBooks(world));
  world.broken.push(...[...disagreements(world), ...violations.map((text) => ({ id, text }))].slice(0, 3));
};

const end = async (world: World): Promise<string | undefined> => {
  world.calm();
  // What a broker loses while everyone stays connected is found when each lane looks the next time, and not before.
  if (world.plan.actions.some((action) => isMishap(action) && action.kind === 'streams lost'))
    await world.clock.pass(CHECK_MS + AFTER_CHECK_MS);
  const restless = await settle(world);
  if (restless) return restless;
  await lookAt(world);
  if (world.plan.night) {
    world.clock.jump(DAY_MS * 1.5);
    const sleepless = await settle(world);
    if (sleepless) return sleepless;
    await lookAt(world);
  }
  // What is kept back for a moment is waited for.
  await world.clock.pass(Math.max(0, Math.min(keptBackMs(world), 10_000)));
  await replenish(world);
  return settle(world, true);
};

const faultsOf = (restless: string | undefined, world: World, verdicts: readonly Verdict[]): Fault[] => [
  ...(restless ? [{ id: 'rest', text: restless }] : []),
  ...world.broken,
  ...[...new Set(world.failures)].map((text) => ({ id: 'world', text })),
  ...world.outside.complaints.map((text) => ({ id: 'I13', text })),
  ...(restless ? [] : beyondInvariants(world)),
  ...verdicts.flatMap(({ id, holds, violations }) =>
    holds ? [] : violations.slice(0, 3).map((text) => ({ id, text })),
  ),
];

const ordersOf = (world: World): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const { kind, s } of world.stores['order-orchestration'].states.values()) {
    if (kind !== 'order') continue;
    const { status } = s as { status: string };
    found[status] = (found[status] ?? 0) + 1;
  }
  return found;
};

/** Plays a plan. The same plan gives the same outcome, on any machine. */
export const run = async (plan: Plan, definitions: Definitions): Promise<Outcome> => {
  const world = new World(plan, definitions);
  countPairsIn(world.coverage.reached.pairs);
  const giveBack = takeOver(world.clock, new Random(plan.seed ^ 0xc0ffee));
  const stray = (error: unknown): void => world.fail(error);
  process.on('unhandledRejection', stray);
  try {
    const began = world.clock.now();
    await play(world);
    const restless = await end(world);
    const verdicts = restless ? [] : await checkWorld(new TwinBooks(world));
    return {
      seed: plan.seed,
      digest: world.digest(),
      faults: faultsOf(restless, world, verdicts),
      reached: world.coverage.reached,
      orders: ordersOf(world),
      lasted: world.clock.now() - began,
    };
  } finally {
    // What was rejected and never heard is told between turns of the loop.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', stray);
    giveBack();
    countPairsIn(undefined);
  }
};
