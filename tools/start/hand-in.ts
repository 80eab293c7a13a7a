/** Hands a run's documents in: master data by the sandbox first, then every upload at its time, then the late stock. */
import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { Api, Call } from './http.ts';
import { call } from './http.ts';
import { CONTENT_TYPE, type Upload } from './input.ts';
import type { RunRecord } from './record.ts';

/** The sandbox posts opening receipts while it answers. */
const IMPORT_MS = 10 * 60_000;
const UPLOAD_MS = 10 * 60_000;
const JOB_EVERY_MS = 300;

/** What the sandbox ERP gave out for an input. */
export interface Handout {
  /** names it when its late stock is asked for */
  readonly import: string;
  readonly documents: Readonly<Record<string, number>>;
  readonly receipts: { readonly documents: number; readonly lines: number; readonly units: number };
}

const streamed = (open: () => Readable): NonNullable<Call['body']> => {
  return () => Readable.toWeb(open()) as unknown as NonNullable<RequestInit['body']>;
};

export const handOutForFile = (
  erpUrl: string,
  { name, layout, open }: Upload,
  stock: string,
  signal: AbortSignal,
): Promise<Handout> =>
  call<Handout>(`${erpUrl}/erp/master-data/from-file?${new URLSearchParams({ layout, name, stock })}`, {
    method: 'POST',
    headers: { 'content-type': CONTENT_TYPE[layout] },
    body: streamed(open),
    timeoutMs: IMPORT_MS,
    signal,
  });

export const handOutForDay = (
  erpUrl: string,
  day: URLSearchParams,
  stock: string,
  signal: AbortSignal,
): Promise<Handout> =>
  call<Handout>(`${erpUrl}/erp/master-data/day?${day}&stock=${stock}`, {
    method: 'POST',
    timeoutMs: IMPORT_MS,
    signal,
  });

/** What an opening left out arrives in three receipts. */
export const bringLateStock = async (erpUrl: string, id: string, signal: AbortSignal): Promise<void> => {
  await call(`${erpUrl}/erp/receipts/remaining?import=${id}`, { method: 'POST', timeoutMs: IMPORT_MS, signal });
};

interface Job {
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  readonly failure?: { readonly reason: string; readonly text: string };
}
export class JobFailed extends Error {}

export interface HandInPlan {
  readonly api: Api;
  readonly ordersUrl: string;
  readonly uploads: readonly Upload[];
  readonly record: RunRecord;
  /** called whenever the record has changed, before anything else is sent */
  readonly keep: (record: RunRecord) => void;
  readonly signal: AbortSignal;
}

/** Sends every upload at its time and waits until all of them are worked off. Uploads that have a job are not sent. */
export async function handIn({ api, ordersUrl, uploads, record, keep, signal }: HandInPlan): Promise<void> {
  let kept = record;
  const startedAt = Date.now();
  const jobs: Promise<void>[] = [];
  for (const upload of uploads) {
    let jobId = kept.jobs[upload.name];
    if (jobId === undefined) {
      await pause(Math.max(0, upload.afterMs - (Date.now() - startedAt)), undefined, { signal });
      const sent = await send(api, ordersUrl, upload, kept.batchId, signal);
      jobId = sent.jobId;
      kept = { ...kept, batchId: kept.batchId ?? sent.batchId, jobs: { ...kept.jobs, [upload.name]: jobId } };
      keep(kept);
    }
    const job = worked(api, `${ordersUrl}/v1/order-files/${jobId}`, signal);
    // Awaited below; until then a failure must not end the process.
    job.catch(() => undefined);
    jobs.push(job);
  }
  await Promise.all(jobs);
  keep({ ...kept, handedIn: true });
}

interface Sent {
  readonly jobId: string;
  readonly batchId: string;
}

/** The first upload opens the batch, the others join it. */
const send = (
  api: Api,
  ordersUrl: string,
  { name, layout, open }: Upload,
  batch: string | null,
  signal: AbortSignal,
): Promise<Sent> => {
  const query = new URLSearchParams({ layout, name, ...(batch ? { batch } : {}) });
  return api.call<Sent>(`${ordersUrl}/v1/order-files?${query}`, {
    method: 'POST',
    headers: { 'content-type': CONTENT_TYPE[layout] },
    body: streamed(open),
    timeoutMs: UPLOAD_MS,
    signal,
  });
};

const worked = async (api: Api, url: string, signal: AbortSignal): Promise<void> => {
  for (;;) {
    const { status, failure } = await api.call<Job>(url, { signal });
    if (status === 'done') return;
    if (status === 'failed') throw new JobFailed(failure ? `${failure.reason}: ${failure.text}` : 'the upload failed');
    await pause(JOB_EVERY_MS, undefined, { signal });
  }
};
