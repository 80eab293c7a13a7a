import { input, scenario } from '@crossdock/testing';
import {
  caseRef,
  IngestTracking,
  MilestoneReached,
  TrackPackage,
  violationsOf,
  type CaseState,
} from '@crossdock/contracts';
import { tracking } from './domain/decide.js';
import { trackerRef } from './domain/tracker.js';
import { aScan, aTrackPackage, someTracking } from './domain/shipments.builders.js';
import { mapAgain } from './retries.js';

describe('a case about a code that had no mapping', () => {
  const story = () =>
    scenario(tracking).given(
      input(TrackPackage, aTrackPackage('T1')),
      // As it was read before the row for "held" existed.
      input(
        IngestTracking,
        someTracking(
          'T1',
          aScan('UNKNOWN', 2, { rawCode: 'in_transit/held/HL', rawText: 'Held', reason: 'code-not-mapped' }),
        ),
      ),
    );
  const held = (told: ReturnType<typeof story>) => told.state<CaseState>(caseRef(trackerRef('T1'), 'code-not-mapped'));
  it('is solved by reading the kept scans with the rows of today', () => {
    const told = story();
    const { contract, data } = mapAgain(held(told));
    expect(violationsOf(contract.dataClass, data, 'strict')).toEqual([]);
    told.when(input(IngestTracking, data as ReturnType<typeof someTracking>));
    told.thenSays(MilestoneReached, { milestone: 'ON_HOLD', current: true, rawCode: 'in_transit/held/HL' });
    expect(held(told).status).toBe('resolved');
  });
  it('is solved by the table of the carrier that had read it, local times as they were', () => {
    const scan = aScan('UNKNOWN', 2, {
      rawCode: '0174',
      reason: 'code-not-mapped',
      offsetKnown: false,
      localTime: '2026-03-03T02:00:00',
    });
    const told = scenario(tracking).given(
      input(TrackPackage, aTrackPackage('T1')),
      input(IngestTracking, { ...someTracking('T1', scan), mappingVersion: 'canada-post-2026-01-01' }),
    );
    const { contract, data } = mapAgain(held(told));
    expect(violationsOf(contract.dataClass, data, 'strict')).toEqual([]);
    expect(data).toMatchObject({
      mappingVersion: expect.stringMatching(/^canada-post-\d{4}-/),
      events: [{ milestone: 'OUT_FOR_DELIVERY', rawCode: '0174', localTime: '2026-03-03T02:00:00' }],
    });
    told.when(input(IngestTracking, data as ReturnType<typeof someTracking>));
    told.thenSays(MilestoneReached, { milestone: 'OUT_FOR_DELIVERY', current: true, localTime: '2026-03-03T02:00:00' });
  });
});
