/** Publishes master data on its stream, in CloudEvents binary mode: the only thing the sandbox says on NATS. */
import { derivedId } from '@crossdock/kernel';
import { NodeChanged, nodeChangedV1Of, type Message, type NodeChangedV2Data } from '@crossdock/contracts';
import jetstream, { type JetStreamClient } from '@nats-io/jetstream';
import { connect, headers as natsHeaders, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '../web/problem.js';
import { messageOf, type Publication } from './catalogue.js';

/** Publications under way at once. */
const WINDOW = 128;
const TRIES = 20;
const PAUSE_MS = 500;

/** One message on the stream. */
export interface Speech {
  readonly id: string;
  readonly message: Message;
  readonly data: object;
  readonly publication: Publication;
}
/** What a publication says. Nodes are said in both versions as long as somebody hears the first. */
export const speechesOf = (publication: Publication): readonly Speech[] => {
  const { id, part, data } = publication;
  const newest = { id, message: messageOf(part), data, publication };
  if (part !== 'nodes') return [newest];
  const old = nodeChangedV1Of(data as NodeChangedV2Data);
  return [newest, { id: derivedId(id, NodeChanged.version), message: NodeChanged, data: old, publication }];
};

export const headersOf = ({ id, message, publication }: Speech): Record<string, string> => ({
  'Nats-Msg-Id': id,
  'ce-specversion': '1.0',
  'ce-id': id,
  'ce-type': message.type,
  'ce-source': 'urn:crossdock:sandbox',
  'ce-subject': publication.key,
  'ce-time': publication.at,
  'ce-dataschema': `urn:crossdock:schema:${message.type}.v${message.version}`,
  'ce-tenant': publication.tenant,
  'ce-version': String(message.version),
  'ce-entityversion': String(publication.version),
  'ce-correlationid': publication.id,
  'ce-actor': 'system:erp',
  'content-type': 'application/json',
});

const messageHeaders = (speech: Speech): MsgHdrs => {
  const headers = natsHeaders();
  for (const [name, value] of Object.entries(headersOf(speech))) headers.set(name, value);
  return headers;
};

async function* allSpeeches(publications: AsyncIterable<Publication> | Iterable<Publication>): AsyncGenerator<Speech> {
  for await (const publication of publications) yield* speechesOf(publication);
}

export interface Published {
  readonly messages: number;
  readonly stream: string;
  /** of the stream; consumers that have come this far know all of it */
  readonly lastSequence: number;
}

export class Publisher {
  private connection: Promise<NatsConnection> | undefined;

  constructor(private readonly url: string) {}

  /** Publishes and waits for every acknowledgement. A publication that may or may not have arrived is sent again. */
  async publish(publications: AsyncIterable<Publication> | Iterable<Publication>): Promise<Published> {
    const js = jetstream.jetstream(await this.connected());
    const under = new Set<Promise<void>>();
    const failures: unknown[] = [];
    let messages = 0;
    let lastSequence = 0;
    let stream = '';
    for await (const speech of allSpeeches(publications)) {
      const sent = send(js, speech)
        .then((acknowledged) => {
          messages += 1;
          stream = acknowledged.stream;
          lastSequence = Math.max(lastSequence, acknowledged.seq);
        })
        .catch((error: unknown) => void failures.push(error))
        .finally(() => under.delete(sent));
      under.add(sent);
      if (under.size >= WINDOW) await Promise.race(under);
      if (failures.length > 0) break;
    }
    await Promise.all(under);
    if (failures.length > 0)
      throw new Refused(503, 'broker-unavailable', String(failures[0]), { retryAfterSeconds: 5 });
    return { messages, stream, lastSequence };
  }

  async close(): Promise<void> {
    const connection = await this.connection?.catch(() => undefined);
    await connection?.close();
  }

  private connected(): Promise<NatsConnection> {
    this.connection ??= connect({
      servers: this.url.split(','),
      name: 'sandbox-erp',
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
    });
    return this.connection;
  }
}

const send = async (js: JetStreamClient, speech: Speech): Promise<{ seq: number; stream: string }> => {
  const subject = speech.message.subject(speech.data);
  const body = JSON.stringify(speech.data);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await js.publish(subject, body, { headers: messageHeaders(speech), timeout: 5000 });
    } catch (error) {
      // No stream yet, no broker for a moment, no answer in time: the id makes it safe to send it again.
      if (attempt === TRIES) throw error;
      await wait(PAUSE_MS);
    }
  }
};
