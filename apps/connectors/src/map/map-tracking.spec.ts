import { MILESTONES } from '@crossdock/contracts';
import type { CanonicalTransportationStatus, TransportEvent } from '../canonical/transportation-status.js';
import { codesOfTracking, mapTracking } from './map-tracking.js';
import { REC_24 } from './rec24.js';
import { meaningOf, X12_STATUS } from './transport-codes.js';

const NOON = '2026-03-02T12:00:00.000Z';
const aStatus = (
  events: readonly TransportEvent[],
  more: Partial<CanonicalTransportationStatus> = {},
): CanonicalTransportationStatus => ({
  ...{ number: 'PRO1', shipmentNumber: 'BOL1', trackingNumber: 'PRO1', carrierCode: 'UPSN' },
  events,
  ...more,
});
const mapped = (
  status: CanonicalTransportationStatus,
  { standard = 'X12', known = {} }: { standard?: string; known?: Readonly<Record<string, string>> } = {},
) => mapTracking(status, { partner: 'UPSF', standard, asOf: NOON, ours: (list, theirs) => known[`${list}|${theirs}`] });
const oneOf = (event: TransportEvent, context: Parameters<typeof mapped>[1] = {}) =>
  mapped(aStatus([event]), context).tracking?.[0]?.events[0];

describe('what a carrier’s document says of packages', () => {
  it('is told of each package by itself, the parcel before its consignment', () => {
    const { tracking, faults } = mapped(
      aStatus([{ code: 'AF' }, { code: 'X6', subject: '1Z1' }, { code: 'D1', subject: '1Z2' }, { code: 'D1' }]),
    );
    expect(faults).toEqual([]);
    expect(tracking?.map(({ trackingNo, events }) => [trackingNo, ...events.map((one) => one.milestone)])).toEqual([
      ['PRO1', 'PICKED_UP', 'DELIVERED'],
      ['1Z1', 'IN_TRANSIT'],
      ['1Z2', 'DELIVERED'],
    ]);
    expect(tracking?.map(({ carrier }) => carrier)).toEqual(['UPSN', 'UPSN', 'UPSN']);
  });

  it('is of the consignment where no package has a number', () => {
    const numbers = (more: Partial<CanonicalTransportationStatus>, subject?: string) =>
      mapped(aStatus([{ code: '21', ...(subject ? { subject } : {}) }], more)).tracking?.map(
        ({ trackingNo }) => trackingNo,
      );
    const { trackingNumber: _, ...untracked } = aStatus([]);
    expect(numbers({}, 'BOL1')).toEqual(['PRO1']);
    expect(mapped({ ...untracked, events: [{ code: 'D1', subject: 'BOL1' }] }).tracking?.[0]?.trackingNo).toBe('BOL1');
    const { shipmentNumber: _none, ...nameless } = untracked;
    expect(mapped({ ...nameless, events: [{ code: 'D1' }] })).toMatchObject({
      faults: [{ code: 'value-unmappable', path: 'events[0]' }],
    });
    expect(mapped(aStatus([]))).toMatchObject({ faults: [{ path: 'events' }] });
  });

  it.each([
    ['X12', { code: 'D1', reasonCode: 'NS' }, 'DELIVERED ACT'],
    ['X12', { code: 'SD', reasonCode: 'AO' }, 'DELAYED ACT weather'],
    ['X12', { code: 'SD', reasonCode: 'NS' }, 'DELAYED ACT carrier'],
    ['X12', { code: 'AG' }, 'DELIVERED EST'],
    ['X12', { code: 'AB' }, 'DELIVERED PLN'],
    ['X12', { code: 'OA' }, 'IN_TRANSIT ACT'],
    ['X12', { code: '21' }, 'UNKNOWN ACT code-not-mapped'],
    ['EDIFACT', { code: '21' }, 'DELIVERED ACT'],
    ['EDIFACT', { code: '021' }, 'DELIVERED ACT'],
    ['EDIFACT', { code: '13' }, 'PICKED_UP ACT'],
    ['EDIFACT', { code: 'D1' }, 'UNKNOWN ACT code-not-mapped'],
    ['EDIFACT', { code: '21', codeList: '87' }, 'UNKNOWN ACT code-not-mapped'],
    ['UBL', { code: '31' }, 'IN_TRANSIT ACT'],
    ['EDIFACT', { code: '48' }, 'IN_TRANSIT ACT'],
    ['EDIFACT', { code: '49' }, 'LOST ACT carrier'],
    ['EDIFACT', { code: '113' }, 'OUT_FOR_DELIVERY ACT'],
    ['EDIFACT', { code: '266' }, 'DELAYED ACT weather'],
    ['EDIFACT', { code: '209' }, 'DELIVERED PLN'],
    ['UBL', { code: '269' }, 'DELIVERY_FAILED ACT consignee'],
    ['UBL', { code: '325' }, 'DELIVERY_FAILED ACT consignee'],
    ['UBL', { code: '82' }, 'RETURNED ACT other'],
    // in the list, and no status of goods: empty on inspection, awaiting a tug, unknown
    ['EDIFACT', { code: '30' }, 'UNKNOWN ACT code-not-mapped'],
    ['EDIFACT', { code: '180' }, 'UNKNOWN ACT code-not-mapped'],
    ['EDIFACT', { code: '102' }, 'UNKNOWN ACT code-not-mapped'],
    ['UBL', {}, 'UNKNOWN ACT code-not-mapped'],
  ])('%s %j is %s', (standard, event, meant) => {
    const { milestone, classifier, reason } = oneOf(event, { standard }) ?? {};
    expect([milestone, classifier, reason].filter(Boolean).join(' ')).toBe(meant);
  });

  it('is what the partner’s references say, status and reason together before the status alone', () => {
    const known = {
      'statuses|99': 'IN_TRANSIT',
      'statuses|99/7': 'DELIVERY_FAILED',
      'statuses|D1': 'AVAILABLE_FOR_PICKUP',
      'statuses|98': 'NONSENSE',
      'carriers|UPSN': 'ups-freight',
    };
    const meant = (event: TransportEvent) => oneOf(event, { known })?.milestone;
    expect(meant({ code: '99' })).toBe('IN_TRANSIT');
    expect(meant({ code: '99', codeList: '87' })).toBe('IN_TRANSIT');
    expect(meant({ code: '99', reasonCode: '7' })).toBe('DELIVERY_FAILED');
    expect(meant({ code: 'D1', reasonCode: 'NS' })).toBe('AVAILABLE_FOR_PICKUP');
    expect(meant({ code: '98' })).toBe('UNKNOWN');
    expect(mapped(aStatus([{ code: 'D1' }]), { known }).tracking?.[0]?.carrier).toBe('ups-freight');
    expect(codesOfTracking(aStatus([{ code: 'D1', reasonCode: 'NS' }, { code: 'D1' }]))).toEqual([
      { list: 'carriers', theirs: 'UPSN' },
      { list: 'statuses', theirs: 'D1/NS' },
      { list: 'statuses', theirs: 'D1' },
    ]);
  });

  it('keeps the time as told, and the raw code with its reason', () => {
    const at = (told?: string) => oneOf({ code: 'D1', reasonCode: 'NS', ...(told ? { at: told } : {}) });
    expect(at('2026-03-01T23:50:00')).toMatchObject({
      ...{ occurredAt: '2026-03-01T23:50:00.000Z', offsetKnown: false, localTime: '2026-03-01T23:50:00' },
      ...{ rawCode: 'D1/NS', rawText: 'Completed unloading at delivery location' },
    });
    expect(at('2026-03-01T23:50:00-05:00')).toMatchObject({
      occurredAt: '2026-03-02T04:50:00.000Z',
      offsetKnown: true,
    });
    expect(at('2026-03-01')).toMatchObject({ occurredAt: '2026-03-01T00:00:00.000Z', localTime: '2026-03-01' });
    expect(at()).toMatchObject({ occurredAt: NOON, offsetKnown: false });
    const issued = mapped(aStatus([{ code: 'D1' }], { issued: '2026-02-27' })).tracking?.[0]?.events[0];
    expect(issued).toMatchObject({ localTime: '2026-02-27' });
  });

  it('is of the same package whatever length its number has, and a fault where it can be none', () => {
    const long = 'X'.repeat(65);
    const [one, same, other] = [long, long, `${long}Y`].map(
      (subject) => mapped(aStatus([{ code: 'D1', subject }])).tracking?.[0]?.trackingNo,
    );
    expect(one).toHaveLength(64);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    const { faults, tracking } = mapped(aStatus([{ code: 'D1', subject: 'A\u0001B' }]));
    expect(tracking).toBeUndefined();
    expect(faults).toMatchObject([{ code: 'value-unmappable', path: 'trackingNo' }]);
  });
});

describe('the tables of status codes', () => {
  it.each([
    ['X12', X12_STATUS],
    ['EDIFACT', REC_24],
  ] as const)('%s: every code stands once, with a milestone and what it means', (standard, rows) => {
    const codes = rows.flatMap((row) => Object.entries(row.codes).map(([code, name]) => ({ code, name, row })));
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    for (const { code, name, row } of codes) {
      expect(MILESTONES).toContain(row.milestone);
      expect(meaningOf(standard, code)).toEqual({
        ...{ milestone: row.milestone, classifier: row.classifier ?? 'ACT', name },
        ...(row.reason ? { reason: row.reason } : {}),
      });
    }
  });
});
