/** One batch through the edge in memory: all documents at once, good ones behind them, rest, and the verdict. */
import { createHash } from 'node:crypto';
import { Problem, type QuarantineDocument } from '@crossdock/runtime';
import { Random, takeOver } from '@crossdock/testing';
import { DOORS, type Door, type Handed } from '../documents.ts';
import { wrongWithFile, wrongWithFaults, type SeenDocument, type SeenFile } from '../judge.ts';
import { count, type Tally } from '../tally.ts';
import { Edge, type Definitions, type Taken } from './edge.ts';
import { GOOD_DOCUMENTS, GOOD_TRACKING } from '../good.ts';
import { TENANT } from '../partners.ts';

/** `run` is left out when it can not be told whose fault it is. */
export interface Finding {
  readonly run?: number;
  readonly what: string;
}
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly tally: Tally;
}
type Answer = { readonly taken: Taken } | { readonly error: unknown };

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const told = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
const isTracking = ({ door }: Pick<Handed, 'door'>): boolean => (DOORS.trackings as readonly string[]).includes(door);
/** A package told of more scans than are kept of one is refused, and stays in quarantine as it came. */
const REFUSED = new Set(['too-many-lines']);

class Bench {
  readonly findings: Finding[] = [];
  readonly tally: Tally = {};
  private readonly edge: Edge;
  private readonly cases: ReadonlySet<string>;
  private readonly putAside: ReadonlyMap<string, QuarantineDocument>;

  constructor(edge: Edge) {
    this.edge = edge;
    const { connectors, shipments } = edge;
    this.cases = new Set(
      [...connectors.store.states.values()].flatMap(({ kind, s }) => {
        const { status, subject } = s as { status: string; subject: { kind: string; id: string } };
        return kind === 'case' && status === 'open' ? [`${subject.kind}/${subject.id}`] : [];
      }),
    );
    this.putAside = new Map([...shipments.store.quarantined.values()].map((row) => [hashOf(row.bytes), row]));
  }

  async judge(handed: Handed, answer: Answer): Promise<void> {
    const what = await this.wrong(handed, answer).catch((error: unknown) => `judging it failed: ${told(error)}`);
    if (what !== undefined) this.findings.push({ run: handed.run, what });
  }
  private async wrong(handed: Handed, answer: Answer): Promise<string | undefined> {
    const { bytes } = handed;
    if ('error' in answer) return this.refused(handed, answer.error);
    const hash = answer.taken.hash ?? (await this.hashOfFile(answer.taken));
    if (hash !== hashOf(bytes)) return `kept under ${hash}, which is no hash of its bytes`;
    const { archive } = isTracking(handed) ? this.edge.shipments : this.edge.connectors;
    const kept = await archive.read(TENANT, hash);
    if (!kept || Buffer.compare(kept, bytes) !== 0) return 'the archive does not have its bytes';
    return isTracking(handed) ? this.wrongWithScans(hash, answer.taken) : this.wrongWithDocuments(answer.taken);
  }
  /** A webhook's sender is told no more than that it is kept. */
  private async hashOfFile({ fileId = '' }: Taken): Promise<string | undefined> {
    const found = await this.edge.connectors.queries.get<{ hash: string }>(TENANT, 'file', fileId);
    return found?.state.hash;
  }
  /** Only what has no bytes at all is refused at the door. */
  private refused(handed: Handed, error: unknown): string | undefined {
    if (error instanceof Problem && error.status === 400 && handed.bytes.length === 0 && !isTracking(handed)) {
      count(this.tally, 'empty: refused at the door');
      return undefined;
    }
    return `the door failed: ${told(error)}`;
  }

  private async wrongWithDocuments({ fileId = '' }: Taken): Promise<string | undefined> {
    const { queries } = this.edge.connectors;
    const file = (await queries.get<SeenFile>(TENANT, 'file', fileId))?.state;
    const documents = (
      await queries.byKey<SeenDocument>(TENANT, 'document', `file:${fileId}`, { limit: Number.MAX_SAFE_INTEGER })
    ).map(({ state }) => state);
    count(this.tally, file?.status === 'quarantined' ? `file quarantined: ${file.faults?.[0]?.code}` : 'file parsed');
    for (const { status, standard, reason } of documents)
      count(this.tally, `  document of ${standard} ${status}${reason ? `: ${reason}` : ''}`);
    return wrongWithFile(fileId, file, documents, (kind, id) => this.cases.has(`${kind}/${id}`));
  }

  private async wrongWithScans(hash: string, { trackingNos = [], faults = [] }: Taken): Promise<string | undefined> {
    const wrong = wrongWithFaults(faults);
    if (wrong) return wrong;
    if (trackingNos.length === 0) {
      count(this.tally, faults[0] ? `payload quarantined: ${faults[0].code}` : 'payload that tells of no package');
      return faults.length === 0 || this.putAside.has(hash) ? undefined : 'is neither told nor in quarantine';
    }
    count(this.tally, faults[0] ? `payload told, with ${faults[0].code}` : 'payload told');
    // A scan that our own contract refuses keeps its telling out; then the body waits for a person.
    if (faults.some(({ code }) => code === 'schema-violation') && this.putAside.has(hash)) return undefined;
    for (const trackingNo of trackingNos) {
      const found = await this.edge.shipments.queries.get<{ status: string }>(TENANT, 'tracker', trackingNo);
      const isRefused = [...this.putAside.values()].some(
        ({ key, reason }) => key === trackingNo && REFUSED.has(reason),
      );
      if (!found && !isRefused) return `package ${trackingNo} is not known`;
    }
    return undefined;
  }

  /** A good document behind them has come as far as one can. */
  async good(door: Door, answer: Answer): Promise<void> {
    const { connectors, shipments } = this.edge;
    if ('error' in answer) {
      this.findings.push({ what: `a good document (${door}) was refused: ${told(answer.error)}` });
    } else if (door === 'easypost webhook') {
      const found = await shipments.queries.get(TENANT, 'tracker', GOOD_TRACKING);
      if (!found) this.findings.push({ what: 'a good scan behind them is not known' });
    } else {
      const { fileId = '' } = answer.taken;
      const [found] = await connectors.queries.byKey<{ status: string }>(TENANT, 'document', `file:${fileId}`);
      const status = found?.state.status ?? 'not there';
      if (status !== 'mapped') this.findings.push({ what: `a good order behind them (${door}) is ${status}` });
    }
  }

  /** What is wrong with everything at once: lanes, quarantine, errors that nobody waited for. */
  together(held: string | undefined, payloads: ReadonlySet<string>): void {
    const { connectors, shipments, troubles } = this.edge;
    if (held !== undefined) this.findings.push({ what: `a lane is held up: ${held}` });
    for (const what of troubles) this.findings.push({ what });
    for (const row of [...connectors.store.quarantined.values(), ...shipments.store.quarantined.values()]) {
      if (payloads.has(hashOf(row.bytes)) || REFUSED.has(row.reason)) continue;
      this.findings.push({ what: `message ${row.type} is in quarantine: ${row.reason}: ${row.text}` });
    }
    for (const { kind, id, s } of connectors.store.states.values()) {
      if (kind !== 'dispatch') continue;
      const { status, type, standard } = s as { status: string; type: string; standard: string };
      count(this.tally, `  answer ${standard} ${type} ${status}`);
      const isSeen = status !== 'refused' || this.cases.has(`dispatch/${id.slice(TENANT.length + 1)}`);
      if (status === 'queued') this.findings.push({ what: `answer ${standard} ${type} is never sent` });
      if (!isSeen) this.findings.push({ what: `answer ${standard} ${type} is refused, and no case tells of it` });
    }
  }
}

export const playBatch = async (
  definitions: Definitions,
  senders: readonly string[],
  all: readonly Handed[],
): Promise<Verdict> => {
  const edge = new Edge(definitions, senders);
  const giveBack = takeOver(edge.clock, new Random(1));
  const stray = (error: unknown): void => void edge.troubles.push(`nobody heard of: ${told(error)}`);
  process.on('unhandledRejection', stray);
  try {
    await edge.open();
    const hand = (handed: Pick<Handed, 'door' | 'bytes'>): Promise<Answer> =>
      edge.hand(handed).then(
        (taken) => ({ taken }),
        (error: unknown) => ({ error }),
      );
    const answers = Promise.all(all.map(hand));
    const good = Promise.all(GOOD_DOCUMENTS.map(hand));
    const taken = await edge.over(answers);
    const held = await edge.rest();
    const bench = new Bench(edge);
    for (const [at, handed] of all.entries()) await bench.judge(handed, taken[at] as Answer);
    bench.together(held, new Set(all.filter(isTracking).map(({ bytes }) => hashOf(bytes))));
    const behind = await edge.over(good);
    for (const [at, { door }] of GOOD_DOCUMENTS.entries()) await bench.good(door, behind[at] as Answer);
    return { findings: bench.findings, tally: bench.tally };
  } finally {
    process.off('unhandledRejection', stray);
    giveBack();
  }
};
