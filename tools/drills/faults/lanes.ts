/** The number of lanes changes while the rest of the system works on: more, fewer, another number, one again. */
import type { Drill, Scene, Strike } from '../drill.ts';

/** Deciders with lanes of their own, by service; `directory` of order-orchestration must keep its one. */
const DECIDERS: Readonly<Record<string, readonly string[]>> = {
  'order-orchestration': ['orders', 'catalogue', 'availability'],
  'inventory-propagation': ['stock', 'availability'],
  'finance-posting': ['ledger', 'billing'],
};
const NUMBERS = [4, 2, 3, 1] as const;
/** Lanes that change at once, in all services named; the last number stays. */
let now = 1;

const changed = (of: number, clean: boolean): Strike => ({
  name: 'every decider of three services',
  deed: `given ${of} ${of === 1 ? 'lane' : 'lanes'} after its service was ${clean ? 'stopped' : 'killed'}`,
  strike: async ({ platform }: Scene) => {
    now = of;
    for (const [service, deciders] of Object.entries(DECIDERS)) {
      const member = platform.fleet.member(service);
      member.equip({ CROSSDOCK_LANES: JSON.stringify(Object.fromEntries(deciders.map((name) => [name, of]))) });
      // A killed one comes back by itself, and is refused until the lease of the dead one is over.
      if (!clean) await member.kill9();
      else {
        await member.stop();
        await member.start();
      }
    }
  },
});

export const laneDrills: readonly Drill[] = [
  {
    name: 'lanes-change',
    about:
      'The number of lanes of the deciders of three services changes from 1 to 4, to 2, to 3 and to 1 again while the day goes on; the services are stopped or killed for it.',
    most: 8,
    perMinute: 3,
    strikes: (count) => Array.from({ length: count }, (_, nth) => changed(NUMBERS[nth % 4] as number, nth % 2 === 0)),
    after: async ({ platform }) => {
      const wrong: string[] = [];
      for (const [service, deciders] of Object.entries(DECIDERS)) {
        const lanes = (await platform.databases.lanes(service)).filter(({ retired }) => !retired);
        for (const decider of deciders) {
          const own = lanes.filter((lane) => lane.decider === decider);
          if (own.length !== now) wrong.push(`${service}/${decider} has ${own.length} lanes instead of ${now}`);
        }
      }
      return wrong;
    },
  },
];
