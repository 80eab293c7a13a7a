/** The one checker: run after every test, bench and drill, at rest. It reads and changes nothing. */
import { billedOnce, booksBalance, outsideAgrees } from './money.js';
import { projectionsAreFolds } from './projections.js';
import {
  everyEventPublished,
  everyMessageHandled,
  mirrorsAreNewest,
  nothingLeftDue,
  nothingVanished,
  onceOnly,
  versionsWithoutGaps,
} from './road.js';
import {
  balancesAreMovements,
  creditAddsUp,
  everyOrderExplained,
  linesAccountedFor,
  noForeignTenant,
  nothingOversold,
} from './trade.js';
import { Findings, type Verdict } from './verdict.js';
import { ServerWorld, type Sources } from './server-world.js';
import type { World } from './world.js';

const CHECKS: readonly [id: string, check: (world: World) => Promise<Verdict>][] = [
  ['I1', everyOrderExplained],
  ['I2', billedOnce],
  ['I3', booksBalance],
  ['I4', balancesAreMovements],
  ['I5', nothingOversold],
  ['I6', onceOnly],
  ['I7', versionsWithoutGaps],
  ['I8', everyEventPublished],
  ['I9', projectionsAreFolds],
  ['I10', noForeignTenant],
  ['I11', nothingVanished],
  ['I12', linesAccountedFor],
  ['I13', outsideAgrees],
  ['I14', everyMessageHandled],
  ['I15', mirrorsAreNewest],
  ['I16', creditAddsUp],
  ['I17', (world) => nothingLeftDue(world)],
];

/** Checks I1 to I17 on real servers. */
export const checkInvariants = async (sources: Sources): Promise<readonly Verdict[]> => {
  const world = await ServerWorld.open(sources);
  try {
    return await checkWorld(world);
  } finally {
    await world.close();
  }
};

/** Checks I1 to I17. A check that fails to run is a violation, never a pass. */
export const checkWorld = async (world: World): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = [];
  for (const [id, check] of CHECKS) verdicts.push(await check(world).catch((error: unknown) => failed(id, error)));
  return verdicts;
};

const failed = (id: string, error: unknown): Verdict => {
  const found = new Findings(id, 'the check could not be run');
  found.expect(false, () => (error as Error).message);
  return found.verdict();
};
