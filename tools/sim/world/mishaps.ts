/** What goes wrong by the plan. */
import type { Mishap } from './plan.ts';
import type { Running } from './running.ts';
import type { World } from './world.ts';

const victimOf = (world: World, { service, replica }: { service: Running['name']; replica: number }) => {
  const living = world.living(service);
  return living[replica % Math.max(1, living.length)];
};

/** Steps of a process that takes up its work. */
const AT_START = /declareLanes|takeLane|readLane|waiting|reset|consume/;

export const befall = async (world: World, mishap: Mishap): Promise<void> => {
  world.coverage.fault(mishap.kind);
  switch (mishap.kind) {
    case 'kill': {
      const victim = victimOf(world, mishap);
      const { steps, step, awayMs } = mishap;
      const doom = { steps, awayMs, ...(step ? { step } : {}) };
      if (victim && !AT_START.test(step ?? '')) world.doomed.set(victim, doom);
      if (!victim || !AT_START.test(step ?? '')) return;
      // It starts anew, and dies while it does.
      victim.kill();
      world.replace(victim, awayMs, doom);
      return;
    }
    case 'stop': {
      const victim = victimOf(world, mishap);
      if (!victim) return;
      // It may die while it stops.
      const doom = world.doomed.get(victim);
      world.replace(victim, 0);
      if (doom?.step) world.doomed.set(victim, doom);
      return victim.stop();
    }
    case 'second replica':
      if (world.living(mishap.service).length < 3) world.start(mishap.service);
      return;
    case 'freeze': {
      const { step, steps = 1, ms } = mishap;
      const victim = victimOf(world, mishap);
      if (step === undefined) victim?.process.freeze(ms);
      else if (victim) world.doomed.set(victim, { steps, step, freezesMs: ms });
      return;
    }
    case 'deliveries late':
      world.holdUp(mishap.service, mishap.stream, true);
      await world.clock.wait(mishap.ms);
      world.holdUp(mishap.service, mishap.stream, false);
      return;
    case 'streams lost':
      return world.loseConnected(mishap.lost);
    case 'cut off': {
      const victim = victimOf(world, mishap);
      victim?.broker.connection(false);
      await world.clock.wait(mishap.ms);
      if (victim && !victim.process.isDead && !victim.broker.up) victim.broker.connection(true);
      return;
    }
    case 'broker wiped':
      return world.lose(() => 0, true);
    case 'broker set back':
      return world.lose((stream) => Math.max(0, world.streams.get(stream).messages.length - mishap.lost), false);
    case 'messages again':
      world.streams.forgetIds();
      return world.sayAgain();
    case 'clock jumps':
      return world.clock.jump(mishap.ms);
    case 'erp away':
    case 'wms away': {
      const host = mishap.kind.slice(0, 3);
      world.outside.away.add(host);
      await world.clock.wait(mishap.ms);
      world.outside.away.delete(host);
      return;
    }
    case 'store away':
      world.storeAway.add(mishap.service);
      await world.clock.wait(mishap.ms);
      world.storeAway.delete(mishap.service);
  }
};
