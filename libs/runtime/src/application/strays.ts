/**
 * Messages in a stream that no contract knows: no consumer's filter lets them through, so no lane ever meets them. The
 * owner of the stream looks for them once a minute, puts each into its quarantine and tells DEAD_LETTERS.
 */
import { derivedId } from '@crossdock/kernel';
import { allMessages, DOMAINS } from '@crossdock/contracts';
import type { JetStreamBroker, StoredMessage } from '../broker/jetstream-broker.js';
import type { Quarantine } from '../door/quarantine.js';
import { iso, type Clock, type QuarantineDocument } from '../road/ports.js';
import { deadLetterOf } from '../road/speech.js';
import { hashOf } from '../road/work.js';
import { heard, streamOf, type ServiceDefinition } from '../service.js';
import type { Watch } from '../watch/watch.js';

/** At most so many of one subject in one look: a flood is seen without drowning the service. */
const MOST = 100;
/** Owner of the domains that the outside speaks: it is no service, so whoever hears them looks. */
const OUTSIDE = 'sandbox';

export interface StrayContext {
  readonly definition: ServiceDefinition;
  readonly broker: JetStreamBroker;
  readonly quarantine: Quarantine;
  readonly watch: Pick<Watch, 'log' | 'metrics'>;
  readonly clock: Clock;
}

export const streamsToWatch = (definition: ServiceDefinition): readonly string[] => {
  const outside = heard(definition).filter(({ domain }) => DOMAINS[domain].owner === OUTSIDE);
  return [...new Set([streamOf(definition), ...outside.map(({ stream }) => stream)])];
};

/** `<contract>.<partition>` */
const contractIn = (subject: string): string => subject.slice(0, Math.max(0, subject.lastIndexOf('.')));

export class Strays {
  /** creation time by stream, and the last sequence seen by stream and subject */
  private readonly created = new Map<string, string>();
  private readonly seen = new Map<string, number>();

  constructor(private readonly context: StrayContext) {}

  async run(everyMs: number, signal: AbortSignal): Promise<void> {
    const { broker, definition, watch, clock } = this.context;
    while (!signal.aborted) {
      for (const stream of broker.up ? streamsToWatch(definition) : [])
        await this.look(stream).catch((error: unknown) =>
          watch.log.warn({ err: error, stream }, 'strays were not looked for'),
        );
      await clock.wait(everyMs, signal);
    }
  }

  private async look(stream: string): Promise<void> {
    const { created, subjects } = await this.context.broker.subjects(stream);
    this.created.set(stream, created);
    const known = new Set(allMessages().map(({ type, version }) => `${type}.v${version}`));
    for (const subject of subjects) if (!known.has(contractIn(subject))) await this.putAside(stream, subject);
  }

  private async putAside(stream: string, subject: string): Promise<void> {
    const { broker, definition, quarantine, watch } = this.context;
    // A stream that was made anew counts from the start again.
    const place = `${this.created.get(stream)} ${subject}`;
    const found = await broker.messagesOf(stream, subject, (this.seen.get(place) ?? 0) + 1, MOST);
    const rows = found.map((message) => this.rowOf(message));
    await quarantine.keep(rows);
    // Told after it is kept. After a restart it is told again, under the same derived id.
    await broker.publish(rows.map((row) => deadLetterOf(definition.name, row, row.messageId)));
    const last = found.at(-1);
    if (!last) return;
    this.seen.set(place, last.seq);
    watch.metrics.quarantined.inc({ type: 'unknown', reason: 'contract-unknown' }, rows.length);
    watch.log.error({ stream, subject, count: rows.length }, 'messages that no contract knows');
  }

  private rowOf({ stream, seq, subject, headers, body }: StoredMessage): QuarantineDocument {
    const id = derivedId('stray', this.created.get(stream) ?? '', stream, String(seq));
    return {
      _id: `stray|${id}`,
      at: iso(this.context.clock.now()),
      lane: `strays:${stream}`,
      reason: 'contract-unknown',
      text: `no contract speaks on ${subject}`.slice(0, 1000),
      tenant: headers['ce-tenant'] ?? '',
      type: headers['ce-type'] ?? '',
      key: headers['ce-subject'] ?? '',
      messageId: headers['ce-id'] ?? id,
      headers,
      bytes: body,
      hash: hashOf(body),
      attempts: 0,
    };
  }
}
