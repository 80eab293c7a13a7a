/** CloudEvents 1.0 in binary mode on message headers: any language can read it. Body = JSON data. */
import { partitionOf, partitionToken, readJsonText, type Actor, type Input, type JsonRead } from '@crossdock/kernel';
import { DOMAINS, findMessage, type Domain } from '@crossdock/contracts';

/** An event as a commit keeps it: what the headers are made from, and the body byte for byte as it is published. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly source: string;
  readonly stream: string;
  readonly tenant: string;
  readonly key: string;
  readonly lane: string;
  readonly entityVersion: number;
  readonly at: string;
  readonly occurredAt?: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly batchId?: string;
  readonly traceparent?: string;
  readonly body: string;
}

export const subjectOf = (event: Pick<StoredEvent, 'type' | 'version' | 'lane'>): string =>
  `${event.type}.v${event.version}.${partitionToken(partitionOf(event.lane))}`;

export const actorText = (actor: Actor): string => `${actor.kind}:${actor.id}`;
const actorOf = (text: string | undefined): Actor => {
  const [kind, ...id] = (text ?? 'system:unknown').split(':');
  return { kind: kind === 'user' ? 'user' : 'system', id: id.join(':') || 'unknown' };
};

const BREAKS = /[\r\n]+/g;
/** A header is one line. What came in on more, as the name of a caller may, is put on one: a broker would take it never. */
const oneLine = (headers: Record<string, string>): Record<string, string> => {
  for (const [name, value] of Object.entries(headers))
    if (value.includes('\n') || value.includes('\r')) headers[name] = value.replace(BREAKS, ' ');
  return headers;
};

/** Headers that an event is published with; none has a line break. */
export const headersOf = (event: StoredEvent): Record<string, string> =>
  oneLine({
    'ce-specversion': '1.0',
    'ce-id': event.id,
    'ce-type': event.type,
    'ce-source': `urn:crossdock:${event.source}`,
    'ce-subject': event.key,
    'ce-time': event.at,
    'ce-dataschema': `urn:crossdock:schema:${event.type}.v${event.version}`,
    'ce-tenant': event.tenant,
    'ce-version': String(event.version),
    'ce-entityversion': String(event.entityVersion),
    'ce-correlationid': event.correlationId,
    'ce-causationid': event.causationId,
    'ce-actor': event.actor,
    ...(event.occurredAt ? { 'ce-occurredat': event.occurredAt } : {}),
    ...(event.batchId ? { 'ce-batchid': event.batchId } : {}),
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    'content-type': 'application/json',
  });

/** What a message on a stream is known by, of whoever it is: publishers that are none of ours may give it no id. */
export const messageIdOf = (headers: Readonly<Record<string, string>>): string | null =>
  headers['Nats-Msg-Id'] ?? headers['ce-id'] ?? null;

/** A message that is no message: why, and what of it could be read. */
export interface Unreadable {
  readonly reason: 'undecodable' | 'contract-unknown' | 'schema-violation';
  readonly text: string;
}
export type Decoded = { readonly input: Input } | { readonly unreadable: Unreadable };

const decoder = new TextDecoder('utf-8', { fatal: true });
const REQUIRED = ['ce-id', 'ce-type', 'ce-tenant', 'ce-time'] as const;

const readBody = (body: Uint8Array): JsonRead => {
  try {
    return readJsonText(decoder.decode(body), 'the body');
  } catch {
    return { ok: false, text: 'the body is not in UTF-8' };
  }
};

/** Reads headers and JSON. Of the data nothing is checked here but that it can be kept as it is. */
export const decode = (headers: Readonly<Record<string, string>>, body: Uint8Array): Decoded => {
  const missing = REQUIRED.find((name) => !headers[name]);
  if (missing) return { unreadable: { reason: 'undecodable', text: `header ${missing} is missing` } };
  const type = headers['ce-type'] as string;
  const version = Number(headers['ce-version'] ?? '1');
  const contract = findMessage(type, version);
  if (!contract)
    return { unreadable: { reason: 'contract-unknown', text: `${type}.v${version} is not a known contract` } };
  const read = readBody(body);
  if (!read.ok) return { unreadable: { reason: 'undecodable', text: read.text } };
  const data = read.value;
  if (data === null || typeof data !== 'object')
    return { unreadable: { reason: 'undecodable', text: 'body is not an object' } };
  const id = headers['ce-id'] as string;
  return {
    input: {
      id,
      type,
      version,
      tenant: headers['ce-tenant'] as string,
      key: headers['ce-subject'] ?? '',
      data,
      at: headers['ce-time'] as string,
      ...(headers['ce-occurredat'] ? { occurredAt: headers['ce-occurredat'] } : {}),
      actor: actorOf(headers['ce-actor']),
      correlationId: headers['ce-correlationid'] ?? id,
      ...(headers['ce-causationid'] ? { causationId: headers['ce-causationid'] } : {}),
      ...(headers['ce-batchid'] ? { batchId: headers['ce-batchid'] } : {}),
      entityVersion: Number(headers['ce-entityversion'] ?? '0'),
      ...(headers['traceparent'] ? { traceparent: headers['traceparent'] } : {}),
    },
  };
};

export const streamOfDomain = (domain: Domain): string => DOMAINS[domain].stream;
export const DEAD_LETTERS = 'DEAD_LETTERS';
