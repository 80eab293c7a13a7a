/** Hands bytes to a partner: by webhook, into a folder, or not at all where they wait to be fetched. */
import { createHmac } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Input } from '@crossdock/kernel';
import type { SendDocumentData } from '@crossdock/contracts';
import { OutsideRefusal, type OutsideAndKept } from '@crossdock/runtime';
import type { ConnectorsSettings } from '../config.js';
import { ownConnection } from '../own-connection.js';
import type { WrittenDocument } from './write.js';

type Question = Input<SendDocumentData>;
/** It would not help to try again: somebody has to set it up. */
const notSetUp = (text: string): OutsideRefusal => new OutsideRefusal(0, text);

/** Standard Webhooks 1.0; the id is the document's own, the same at every try. */
export const signed = (id: string, secret: string, bytes: Uint8Array, nowMs: number): Record<string, string> => {
  const at = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.`).update(bytes).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
};

const ENDINGS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/ld+json': 'jsonld',
  'application/edi-x12': 'x12',
  'application/xml': 'xml',
};

export const deliver = async (
  { tenant, data }: Question,
  { bytes, contentType }: WrittenDocument,
  outside: OutsideAndKept,
  settings: ConnectorsSettings,
): Promise<void> => {
  const { delivery, dispatchId, standard, control } = data;
  if (delivery.by === 'mailbox') return;
  if (delivery.by === 'webhook') {
    const connection = ownConnection(settings.deliverySecrets, delivery.connection, tenant);
    if (!delivery.url || !connection)
      throw notSetUp(`delivery names no url, or no secret "${delivery.connection ?? ''}"`);
    const headers = { 'content-type': contentType, ...signed(dispatchId, connection.secret, bytes, Date.now()) };
    return outside.send(delivery.url, bytes, headers);
  }
  const folder = ownConnection(settings.folders, delivery.connection, tenant)?.out;
  if (!folder) throw notSetUp(`there is no folder "${delivery.connection ?? ''}" to put documents into`);
  const name = `${standard}-${String(control).padStart(9, '0')}-${dispatchId.slice(0, 8)}.${ENDINGS[contentType] ?? 'edi'}`;
  // Whoever watches the folder sees whole files only.
  await writeFile(join(folder, `${name}.part`), bytes);
  await rename(join(folder, `${name}.part`), join(folder, name));
};
