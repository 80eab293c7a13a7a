/** Is anybody still at work? The first that is, in words. */
import { iso } from '@crossdock/runtime';
import { SERVICES } from './services.ts';
import type { World } from './world.ts';

/** `strictly`: what waits for something that may still come counts as work too. */
export const busyIn = (world: World, strictly: boolean): string | undefined => {
  if (world.coming > 0) return 'a process is on its way';
  if (world.callers.waiting > 0) return `${world.callers.waiting} callers wait for an answer`;
  if (world.warehouse.busy > 0) return 'the warehouse is at work';
  for (const name of SERVICES) {
    const living = world.living(name);
    if (living.some(({ process }) => process.isFrozen)) return `${name} is frozen`;
    const lanes = living.flatMap(({ road }) => road.lanes());
    const rows = [...world.stores[name].laneRows.values()];
    if (lanes.length !== rows.length) return `${name}: ${lanes.length} of ${rows.length} lanes have an owner`;
    const late = lanes.find((lane) => !lane.ready);
    if (late) return `${name}: ${late.id} is not ready`;
    const owing = lanes.find((lane) => lane.published !== lane.committed);
    if (owing) return `${name}: ${owing.id} has published ${owing.published} of ${owing.committed}`;
    for (const { _id, decider, k, of, positions } of rows)
      for (const stream of world.streams.streams.keys()) {
        const last = world.streams.lastFor(stream, `${name}-${decider}-${k}of${of}`);
        const seq = positions[stream]?.seq ?? 0;
        if (last > seq) return `${name}: ${_id} stands at ${seq} of ${last} in ${stream}`;
      }
    const now = iso(world.clock.now());
    for (const { kind, at, input } of world.stores[name].due.values())
      if (kind === 'ask' || kind === 'deposit' || (kind === 'parked' ? strictly : at <= now))
        return `${name}: ${kind} ${input.type} waits`;
  }
  return undefined;
};
