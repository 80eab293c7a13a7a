/** Takes bytes in, whatever door they came by: archived first, then known by their file id, then read beside the lane. */
import type { Readable } from 'node:stream';
import { derivedId } from '@crossdock/kernel';
import { ReceiveFile } from '@crossdock/contracts';
import { answerOf, Problem, TooManyBytes, type Archive, type Caller, type Door } from '@crossdock/runtime';
import { fileIdOf } from '../domain/file.js';

export interface Arrival {
  /** `http`, `webhook:<connection>`, `folder:<connection>`, `sftp:<connection>` */
  readonly source: string;
  readonly bytes: Readable | Uint8Array;
  readonly name?: string | undefined;
  readonly contentType?: string | undefined;
  readonly partner?: string | undefined;
  /** the sender's id of this delivery; the content tells repetitions where there is none */
  readonly delivery?: string | undefined;
  /** true when the sender is answered as soon as the file is kept, and nobody waits for what the lane says of it */
  readonly isLeft?: boolean;
}
export interface Taken {
  readonly fileId: string;
  readonly status: string;
  readonly hash: string;
  readonly bytes: number;
}
export interface Doorway {
  readonly archive: Archive;
  readonly door: Door;
  readonly limitBytes: number;
}

export const takeIn = async (
  { archive, door, limitBytes }: Doorway,
  arrival: Arrival,
  caller: Caller,
): Promise<Taken> => {
  const { source, partner, delivery, name, contentType } = arrival;
  const { hash, bytes } = await archive.put(caller.tenant, arrival.bytes, limitBytes).catch((error: unknown) => {
    if (!(error instanceof TooManyBytes)) throw error;
    throw new Problem(413, 'body-too-large', { detail: `the file is more than ${limitBytes} bytes` });
  });
  if (bytes === 0) throw new Problem(400, 'request-malformed', { detail: 'the file is empty' });
  const fileId = fileIdOf(caller.tenant, {
    ...{ source, hash },
    ...(partner ? { partner } : {}),
    ...(delivery ? { delivery } : {}),
  });
  const data = {
    fileId,
    source: source.slice(0, 100),
    hash,
    bytes,
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(contentType ? { contentType: contentType.slice(0, 100) } : {}),
    ...(partner ? { partner } : {}),
    ...(delivery ? { delivery: delivery.slice(0, 200) } : {}),
  };
  const submission = { id: derivedId('receive', fileId) };
  if (arrival.isLeft) {
    await door.deposit(ReceiveFile, data, caller, submission);
    return { fileId, status: 'received', hash, bytes };
  }
  const answer = await door.submit(ReceiveFile, data, caller, submission);
  const { status } = answerOf<{ readonly status: string }>(answer);
  return { fileId, status, hash, bytes };
};
