import { createHmac } from 'node:crypto';
import { signatureOf, STAGES, trackerEvent, type Parcel } from './easypost.js';

const aParcel = (more: Partial<Parcel> = {}): Parcel => ({
  trackingNo: 'CD00000000000001',
  carrier: 'UPS',
  takenAt: '2026-11-21T10:00:00.700Z',
  weightGrams: 1000,
  country: 'DE',
  city: 'Hamburg',
  ...more,
});
interface Told {
  readonly id: string;
  readonly object: string;
  readonly description: string;
  readonly previous_attributes: { readonly status?: string };
  readonly result: {
    readonly object: string;
    readonly tracking_code: string;
    readonly status: string;
    readonly finalized: boolean;
    readonly tracking_details: {
      readonly status: string;
      readonly datetime: string;
      readonly tracking_location: { readonly country: string };
    }[];
  };
}
const told = (scans: number, parcel = aParcel()) => JSON.parse(trackerEvent(parcel, scans)) as Told;

describe('a carrier webhook', () => {
  it('is an event about a tracker: first created, then updated', () => {
    expect(told(1)).toMatchObject({
      object: 'Event',
      description: 'tracker.created',
      result: { object: 'Tracker', tracking_code: 'CD00000000000001', status: 'pre_transit' },
    });
    expect(told(2)).toMatchObject({
      description: 'tracker.updated',
      previous_attributes: { status: 'pre_transit' },
      result: { status: 'in_transit' },
    });
  });

  it('tells the whole history each time, in order, a second apart', () => {
    const { tracking_details: details } = told(4).result;
    expect(details.map(({ status }) => status)).toEqual([...STAGES]);
    expect(details.map(({ datetime }) => datetime)).toEqual([
      '2026-11-21T10:00:00Z',
      '2026-11-21T10:00:01Z',
      '2026-11-21T10:00:02Z',
      '2026-11-21T10:00:03Z',
    ]);
    expect(details.at(-1)?.tracking_location.country).toBe('DE');
  });

  it('is final when the package is delivered', () => {
    expect([1, 2, 3, 4].map((scans) => told(scans).result.finalized)).toEqual([false, false, false, true]);
  });

  it('is the same, byte for byte, when it is told again', () => {
    expect(trackerEvent(aParcel(), 3)).toBe(trackerEvent(aParcel(), 3));
    expect(told(3).id).not.toBe(told(4).id);
  });

  it('knows no country where there is none', () => {
    expect(told(4, aParcel({ country: 'ZZ' })).result.tracking_details.at(-1)?.tracking_location.country).toBeNull();
  });

  it('is signed over its bytes, with the secret in NFKD form', () => {
    const expected = createHmac('sha256', 'se\u0301cret').update('{}').digest('hex');
    expect(signatureOf('{}', 's\u00e9cret')).toBe(`hmac-sha256-hex=${expected}`);
    expect(signatureOf('{} ', 's\u00e9cret')).not.toBe(signatureOf('{}', 's\u00e9cret'));
  });
});
