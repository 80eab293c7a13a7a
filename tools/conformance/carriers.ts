/** A payload as its carrier sends it by webhook: signed, kept, told to the trackers of its packages. */
import type { Difference } from './compare.ts';
import { faultOf, type Door } from './door.ts';
import type { Fault, ReadTracking, SentFile } from './reading.ts';

/** As much of the API as is used here. */
interface Taken {
  readonly hash: string;
  readonly trackingNos: readonly string[];
  readonly packages: readonly { readonly trackingNo: string; readonly status: string; readonly events: number }[];
  readonly faults: readonly Fault[];
}
interface Tracker {
  readonly milestone: string | null;
  readonly timeline: readonly { readonly classifier: string; readonly rawCode: string }[];
}

const SIGNING = { scheme: 'token', secret: 'conformance', header: 'x-conformance' };

/** A connection per payload: whose it is, and the carrier that its path names. */
export const connectionOf = (tenant: string, { file }: SentFile): object => ({
  tenant,
  carrier: file.slice(-64),
  signing: SIGNING,
});

/** The carrier said that it does not know the package, or that it will not tell. */
const REFUSED = 'carrier-refused';

export async function readPayload(door: Door, connection: string, { file, path }: SentFile): Promise<ReadTracking> {
  let taken: Taken;
  try {
    const headers = { 'content-type': 'application/xml', [SIGNING.header]: SIGNING.secret };
    taken = await door.upload<Taken>(`/webhooks/carriers/${connection}`, path, headers);
  } catch (error) {
    return { status: 'UNKNOWN', events: 0, faults: [faultOf(error)] };
  }
  const { hash, trackingNos, packages, faults } = taken;
  const [first] = packages;
  const isRefused = faults.some(({ code }) => code === REFUSED);
  const amiss: Difference[] = [...(await door.differsFrom(path, `/v1/webhooks/${hash}/content`))];
  for (const trackingNo of trackingNos) {
    const where = `/v1/tracking/${encodeURIComponent(trackingNo)}`;
    await door.shown<Tracker>(`${trackingNo} of ${file} to be tracked`, where, ({ timeline }) => timeline.length > 0);
  }
  return {
    status: first?.status ?? (isRefused ? 'ERROR' : 'UNKNOWN'),
    events: first?.events ?? 0,
    faults,
    amiss,
  };
}
