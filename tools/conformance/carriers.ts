/** A payload as its carrier sends it by webhook: signed, kept, told to the trackers of its packages. */
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
  readonly timeline: readonly unknown[];
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
    const type = /\.json$/i.test(file) ? 'application/json' : 'application/xml';
    const headers = { 'content-type': type, [SIGNING.header]: SIGNING.secret };
    taken = await door.upload<Taken>(`/webhooks/carriers/${connection}`, path, headers);
  } catch (error) {
    return { status: 'UNKNOWN', events: 0, faults: [faultOf(error)] };
  }
  const { hash, trackingNos, packages, faults } = taken;
  const [first] = packages;
  const isRefused = faults.some(({ code }) => code === REFUSED);
  const amiss = await door.differsFrom(path, `/v1/webhooks/${hash}/content`);
  const standing = new Map<string, string>();
  for (const trackingNo of trackingNos) {
    const where = `/v1/tracking/${encodeURIComponent(trackingNo)}`;
    const what = `${trackingNo} of ${file} to be tracked`;
    const { milestone } = await door.shown<Tracker>(what, where, ({ timeline }) => timeline.length > 0);
    standing.set(trackingNo, milestone ?? 'UNKNOWN');
  }
  const milestone = first && standing.get(first.trackingNo);
  return {
    status: first?.status ?? (isRefused ? 'ERROR' : 'UNKNOWN'),
    events: first?.events ?? 0,
    faults,
    amiss,
    ...(milestone ? { standing: milestone } : {}),
  };
}
