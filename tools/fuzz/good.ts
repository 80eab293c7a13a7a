/** Good documents that come behind the mutated ones on the same lanes: each must end where a good one does. */
import type { Handed } from './documents.ts';

const CONTROL = '900000001';
const NUMBER = 'GOOD-ORDER';
export const GOOD_TRACKING = '1Z999AA10123456784';
const order = [
  `ISA*00*          *00*          *ZZ*GOODBUYER      *ZZ*CROSSDOCK      *300304*0900*U*00401*${CONTROL}*0*P*>`,
  `GS*PO*GOODBUYER*CROSSDOCK*20300304*0900*1*X*004010`,
  'ST*850*0001',
  `BEG*00*SA*${NUMBER}**20300304`,
  'CUR*BY*EUR',
  'N1*ST*A good place*92*P-1',
  'N4*Leeds**LS1 4AB*GB',
  'PO1*1*2*EA*1.25**VP*TEA',
  'CTT*1',
  'SE*8*0001',
  'GE*1*1',
  `IEA*1*${CONTROL}`,
  '',
].join('~');
const event = {
  object: 'Event',
  description: 'tracker.updated',
  created_at: '2030-03-04T08:00:00Z',
  previous_attributes: {},
  result: {
    object: 'Tracker',
    tracking_code: GOOD_TRACKING,
    status: 'in_transit',
    carrier: 'UPS',
    created_at: '2030-03-04T08:00:00Z',
    updated_at: '2030-03-04T08:00:00Z',
    tracking_details: [
      {
        object: 'TrackingDetail',
        ...{ message: 'Arrived', status: 'in_transit', status_detail: 'arrived_at_facility' },
        ...{ datetime: '2030-03-04T08:00:00Z', source: 'UPS', carrier_code: 'AR' },
        tracking_location: { city: 'LEEDS', country: 'GB' },
      },
    ],
  },
};
/** The same order by another partner is another order. */
export const GOOD_DOCUMENTS: readonly Pick<Handed, 'door' | 'bytes'>[] = [
  ...(['upload', 'webhook', 'shop webhook', 'upload of nobody'] as const).map((door) => ({
    door,
    bytes: Buffer.from(order.replaceAll(NUMBER, `${NUMBER}-${door.split(' ')[0]}-${door.length}`)),
  })),
  { door: 'easypost webhook', bytes: Buffer.from(JSON.stringify(event)) },
];
/** By which the envelope of a good document is known. */
export const GOOD_SENDER = 'GOODBUYER';
