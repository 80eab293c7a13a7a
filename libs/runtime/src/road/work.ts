/** One thing that a lane has to decide: a message from a stream, an input from the door, a timer, a parked message. */
import { hash } from 'node:crypto';
import type { Decider, Input } from '@crossdock/kernel';
import { findMessage, upcast, violationsOf } from '@crossdock/contracts';
import type { DoorAnswer } from '../door/door.js';
import { messageOf } from '../service.js';
import { decode } from './envelope.js';
import { Fenced, type Delivery, type DueDocument, type QuarantineDocument, type Waiting } from './ports.js';

export interface FromStream {
  readonly kind: 'stream';
  readonly delivery: Delivery;
}
export interface FromDoor {
  readonly kind: 'door';
  readonly bodyHash?: string;
  reply(answer: DoorAnswer): void;
  fail(error: Error): void;
}
/** A timer or a parked message that came back, or a deposit of the door. */
export interface FromDue {
  readonly kind: 'due';
  readonly due: DueDocument;
}
export interface FromAsk {
  readonly kind: 'answer';
  /** the pending ask that this answer ends; none for `unanswered`, after which asking goes on */
  readonly closes?: string;
  done(): void;
}
export interface Work {
  readonly id: string;
  /** `<decider>|<id>`: the inbox is keyed by handler and message */
  readonly cause: string;
  readonly input: Input;
  readonly from: FromStream | FromDoor | FromDue | FromAsk;
  /** set when it can't be read: it goes to quarantine undecided */
  readonly unreadable?: { readonly reason: string; readonly text: string };
}

/** What could not be read has no data that would tell a lane: it goes by its key. */
export const laneKeyOf = ({ input, unread }: Waiting): string =>
  unread ? input.key : messageOf(input).lane(input.data);

/** What a due brings in: a parked message runs again under a cause of its own. */
export const workOf = (due: DueDocument): Work => ({
  id: due.input.id,
  cause: due.kind === 'parked' ? `${due._id}~run` : due._id,
  input: due.input,
  from: { kind: 'due', due },
  ...(due.unread ? { unreadable: due.unread } : {}),
});

/** Its caller, where one waits, is told that it was not decided here. */
export const failed = ({ from }: Work, why: string): void => {
  if (from.kind === 'door') from.fail(new Fenced(why));
};

/** The body of a work as it came, for whoever puts it aside. */
export const cameAs = ({ from, input }: Work): Pick<QuarantineDocument, 'bytes' | 'headers'> => {
  if (from.kind === 'stream') return { bytes: from.delivery.body, headers: from.delivery.headers };
  const unread = from.kind === 'due' ? from.due.unread : undefined;
  if (!unread) return { bytes: new TextEncoder().encode(JSON.stringify(input.data)), headers: {} };
  const { bytes, contentType } = unread;
  return { bytes, headers: contentType ? { 'content-type': contentType } : {} };
};

export const causeOf = (decider: string, id: string): string => `${decider}|${id}`;
export const hashOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

const nobody: Omit<Input, 'id' | 'data'> = {
  type: '',
  version: 0,
  tenant: '',
  key: '',
  at: '',
  actor: { kind: 'system', id: 'unknown' },
  correlationId: '',
  entityVersion: 0,
};

/** Brings data up to the newest version that the decider hears; readers are tolerant, so only known rules can fail. */
const newest = (decider: Decider, input: Input): Input => {
  let current = input;
  for (;;) {
    const heard = decider.rules.some(({ hears }) => hears.type === current.type && hears.version === current.version);
    if (heard) return current;
    const next = upcast(current.type, current.version, current.data);
    if (!next) return current;
    current = { ...current, version: next.version, data: next.data };
  }
};

/**
 * A newer version of a message that the decider hears in an older one. It is delivered because a newer version of this
 * service asked for it; whoever says it says the older one too, as long as somebody hears that.
 */
export const isForNewer = (decider: Decider, { from, input: { type, version } }: Work): boolean =>
  from.kind === 'stream' &&
  from.delivery.subject.startsWith(`${type}.v${version}.`) &&
  decider.rules.some(({ hears }) => hears.type === type && hears.version < version);

/** What a delivery is to a decider. Never throws: what can't be read is marked so. */
export const workFrom = (decider: Decider, delivery: Delivery): Work => {
  const decoded = decode(delivery.headers, delivery.body);
  const fallback =
    delivery.headers['ce-id'] ?? `${delivery.stream}:${delivery.seq}:${hashOf(delivery.body).slice(0, 16)}`;
  const from: FromStream = { kind: 'stream', delivery };
  if ('unreadable' in decoded) {
    const input: Input = {
      ...nobody,
      id: fallback,
      data: {},
      type: delivery.headers['ce-type'] ?? '',
      tenant: delivery.headers['ce-tenant'] ?? '',
      key: delivery.headers['ce-subject'] ?? '',
      correlationId: delivery.headers['ce-correlationid'] ?? fallback,
    };
    return { id: fallback, cause: causeOf(decider.name, fallback), input, from, unreadable: decoded.unreadable };
  }
  const sent = findMessage(decoded.input.type, decoded.input.version);
  const violations = sent ? violationsOf(sent.dataClass, decoded.input.data, 'tolerant') : [];
  const input = newest(decider, decoded.input);
  const work: Work = { id: input.id, cause: causeOf(decider.name, input.id), input, from };
  if (violations[0]) return { ...work, unreadable: { reason: 'schema-violation', text: violations[0].text } };
  return work;
};

/** The works up to the last one of a part of them. */
export const upTo = (works: readonly Work[], part: readonly Work[]): readonly Work[] =>
  works.slice(0, works.indexOf(part[part.length - 1] as Work) + 1);
