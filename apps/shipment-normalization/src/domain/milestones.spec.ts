import fc from 'fast-check';
import { input, scenario } from '@crossdock/testing';
import {
  IngestTracking,
  MilestoneReached,
  MILESTONES,
  TrackPackage,
  type TrackingEventData,
} from '@crossdock/contracts';
import { tracking } from './decide.js';
import { isTerminal, standingOf } from './milestones.js';
import { scansOf, trackerRef, type TrackerState } from './tracker.js';
import { aScan, aTrackPackage, someTracking } from './shipments.builders.js';

const T = 'T1';
/** Scans of a journey: any milestone, any of 12 hours, two places, so ties and repeats are frequent. */
const aJourney = fc.array(
  fc.record({
    milestone: fc.constantFrom(...MILESTONES),
    hour: fc.integer({ min: 0, max: 12 }),
    location: fc.constantFrom('LEEDS', 'YORK'),
  }),
  { minLength: 1, maxLength: 14 },
);
const scansOfJourney = (
  journey: readonly { milestone: (typeof MILESTONES)[number]; hour: number; location: string }[],
): TrackingEventData[] => journey.map(({ milestone, hour, location }) => aScan(milestone, hour, { location }));

interface Told {
  readonly milestones: readonly string[];
  readonly status: string;
  readonly timeline: readonly string[];
}
/** Tells messages one after the other; the package gets its shipment before the message `linkedAt`. */
const tell = (messages: readonly (readonly TrackingEventData[])[], linkedAt: number): Told => {
  const told = scenario(tracking);
  const reached: string[] = [];
  const link = (): void => {
    reached.push(
      ...told
        .when(input(TrackPackage, aTrackPackage(T)))
        .said(MilestoneReached)
        .map(({ milestone }) => milestone),
    );
  };
  messages.forEach((scans, index) => {
    if (index === linkedAt) link();
    reached.push(
      ...told
        .when(input(IngestTracking, someTracking(T, ...scans)))
        .said(MilestoneReached)
        .map(({ milestone }) => milestone),
    );
  });
  if (linkedAt >= messages.length) link();
  const state = told.state<TrackerState>(trackerRef(T));
  return {
    milestones: reached.sort(),
    status: standingOf(scansOf(state))?.milestone ?? 'NONE',
    timeline: scansOf(state).map(({ key }) => key),
  };
};

describe('whatever the order and the duplicates of scans', () => {
  it('the final status, the milestones said and the timeline are the same', () => {
    fc.assert(
      fc.property(aJourney, fc.infiniteStream(fc.nat()), fc.nat(), (journey, dice, linkedAt) => {
        const scans = scansOfJourney(journey);
        const atOnce = tell([scans], 0);
        const next = (): number => dice.next().value as number;
        const shuffled = [...scans, ...scans.filter(() => next() % 3 === 0)]
          .map((scan) => ({ scan, place: next() }))
          .sort((a, b) => a.place - b.place)
          .map(({ scan }) => scan);
        const messages: TrackingEventData[][] = [];
        for (const scan of shuffled) {
          const last = messages.at(-1);
          if (last && next() % 2 === 0) last.push(scan);
          else messages.push([scan]);
        }
        expect(tell(messages, linkedAt % (messages.length + 1))).toEqual(atOnce);
      }),
      { numRuns: 500 },
    );
  });

  it('a package at an end never leaves it without a correction', () => {
    fc.assert(
      fc.property(aJourney, aJourney, (journey, later) => {
        const before = tell([scansOfJourney(journey)], 0).status;
        fc.pre(before !== 'NONE' && isTerminal(before as never));
        expect(isTerminal(tell([scansOfJourney(journey), scansOfJourney(later)], 0).status as never)).toBe(true);
      }),
    );
  });

  it('a delivered package stays delivered', () => {
    fc.assert(
      fc.property(aJourney, aJourney, (journey, later) => {
        const delivered = [...scansOfJourney(journey), aScan('DELIVERED', 5)];
        expect(tell([delivered, scansOfJourney(later)], 0).status).toBe('DELIVERED');
      }),
    );
  });
});
