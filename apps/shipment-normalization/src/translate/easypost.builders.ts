/** EasyPost payloads for tests, in the form of its documentation: an Event with a Tracker and its TrackingDetails. */
export interface DetailOptions {
  readonly status?: unknown;
  readonly status_detail?: unknown;
  readonly datetime?: unknown;
  readonly message?: string;
  readonly carrier_code?: string | null;
  readonly tracking_location?: unknown;
}
export const LEEDS = { object: 'TrackingLocation', city: 'LEEDS', state: null, country: 'GB', zip: 'LS1 1UR' };
export const NOWHERE = { object: 'TrackingLocation', city: null, state: null, country: null, zip: null };

export const aDetail = (more: DetailOptions = {}): Record<string, unknown> => ({
  object: 'TrackingDetail',
  message: 'Departed facility',
  description: '',
  status: 'in_transit',
  status_detail: 'departed_facility',
  datetime: '2026-03-03T09:30:00Z',
  source: 'FedEx',
  carrier_code: 'DP',
  tracking_location: LEEDS,
  ...more,
});
export const aTracker = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'trk_made_for_tests',
  object: 'Tracker',
  mode: 'test',
  tracking_code: 'EZ1000000001',
  status: 'in_transit',
  status_detail: 'departed_facility',
  created_at: '2026-03-02T12:00:00Z',
  updated_at: '2026-03-03T09:31:00Z',
  signed_by: null,
  weight: 17.0,
  est_delivery_date: null,
  shipment_id: null,
  carrier: 'FedEx',
  tracking_details: [aDetail()],
  finalized: false,
  is_return: false,
  ...more,
});
export const anEvent = (
  tracker: unknown = aTracker(),
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  id: 'evt_made_for_tests',
  object: 'Event',
  description: 'tracker.updated',
  mode: 'test',
  previous_attributes: { status: 'pre_transit' },
  created_at: '2026-03-03T09:31:00Z',
  updated_at: '2026-03-03T09:31:00Z',
  pending_urls: [],
  completed_urls: [],
  result: tracker,
  ...more,
});
