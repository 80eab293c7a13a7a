/**
 * Mutated documents through the real edge, judged by what its public API shows: the same as in memory, and that no
 * process has ended.
 */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { until } from '../../stack/until.ts';
import { DOORS, type Handed } from '../documents.ts';
import { GOOD_DOCUMENTS, GOOD_TRACKING } from '../good.ts';
import { wrongWithFaults, wrongWithFile, type IsOpenCase, type SeenDocument, type SeenFile } from '../judge.ts';
import { count, type Tally } from '../tally.ts';
import { jsonOf, type Answer, RealEdge, type Service } from './edge.ts';

export interface RealFinding {
  readonly handed?: Handed;
  readonly what: string;
}
interface Taken {
  readonly hash?: string;
  readonly fileId?: string;
  readonly trackingNos?: readonly string[];
  readonly faults?: readonly { readonly code: string; readonly text: string }[];
}
interface Row {
  readonly hash: string;
  readonly type: string;
  readonly reason: string;
  readonly text: string;
}

const AT_ONCE = 16;
/** Beyond what all of them together take on a busy machine. */
const REST_MS = 300_000;
const PAGE = 1_000;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const isTracking = ({ door }: Pick<Handed, 'door'>): boolean => (DOORS.trackings as readonly string[]).includes(door);
/** A path of dots is another path to every client; half a surrogate pair stands in none. */
const isNamable = (trackingNo: string): boolean => !/^\.{1,2}$|\p{Surrogate}/u.test(trackingNo);

export class RealRun {
  readonly findings: RealFinding[] = [];
  readonly tally: Tally = {};
  private readonly edge: RealEdge;
  private readonly atOnce = pLimit(AT_ONCE);
  private readonly say: (text: string) => void;

  constructor(edge: RealEdge, say: (text: string) => void) {
    this.edge = edge;
    this.say = say;
  }

  async play(all: readonly Handed[]): Promise<void> {
    const hand = (handed: Pick<Handed, 'door' | 'bytes'>): Promise<Answer | Error> =>
      this.atOnce(() => this.edge.hand(handed).catch((error: unknown) => error as Error));
    const answers = await Promise.all(all.map(hand));
    const behind = await Promise.all(GOOD_DOCUMENTS.map(hand));
    this.say(`${all.length} handed in; waiting for them to come to rest`);
    await this.rest(behind);
    const isOpen = await this.openCases();
    await Promise.all(all.map((one, at) => this.atOnce(() => this.judge(one, answers[at] as Answer | Error, isOpen))));
    await this.together(new Set(all.filter(isTracking).map(({ bytes }) => hashOf(bytes))));
    for (const what of this.edge.ended()) this.findings.push({ what });
  }

  /** Nothing is left to be read or mapped, and the good ones behind all others have gone through. */
  private async rest(behind: readonly (Answer | Error)[]): Promise<void> {
    const isEmpty = async (path: string, list: string): Promise<boolean> => {
      const found = jsonOf<Record<string, readonly unknown[]>>(await this.edge.get('connectors', path));
      return found[list]?.length === 0;
    };
    const checks: readonly (readonly [what: string, check: () => Promise<boolean>])[] = [
      ...GOOD_DOCUMENTS.map(
        ({ door }, at) => [`the good document (${door})`, () => this.isThrough(door, behind[at])] as const,
      ),
      ['every file to be read', () => isEmpty('/v1/files?status=received&limit=1', 'files')],
      ['every document to be mapped', () => isEmpty('/v1/documents?status=validated&limit=1', 'documents')],
      ['every answer to be sent', () => isEmpty('/v1/dispatches?status=queued&limit=1', 'dispatches')],
    ];
    for (const [what, check] of checks) {
      const giveUp = (): string | undefined => this.edge.ended()[0];
      await until({ what, deadlineMs: REST_MS, check, giveUp }).catch((error: unknown) =>
        this.findings.push({ what: `a lane is held up: ${(error as Error).message}` }),
      );
    }
  }
  private async isThrough(door: Handed['door'], answer: Answer | Error | undefined): Promise<boolean> {
    if (!answer || answer instanceof Error) throw answer ?? new Error('nobody has handed it in');
    if (answer.status >= 300) throw new Error(`the door answered ${answer.status}`);
    if (door === 'easypost webhook')
      return (await this.edge.get('shipments', `/v1/tracking/${GOOD_TRACKING}`)).status === 200;
    const { fileId = '' } = jsonOf<Taken>(answer);
    const [found] = await this.documentsOf(fileId);
    return found?.status === 'mapped';
  }
  private async documentsOf(fileId: string): Promise<readonly SeenDocument[]> {
    const answer = await this.edge.get('connectors', `/v1/documents?file=${fileId}&limit=${PAGE}`);
    return jsonOf<{ documents: readonly SeenDocument[] }>(answer).documents;
  }

  private async openCases(): Promise<IsOpenCase> {
    const open = new Set<string>();
    type Page = { exceptions: readonly { subject: { kind: string; id: string } }[]; after?: string };
    for (let after: string | undefined = ''; after !== undefined;) {
      const path = `/v1/exceptions?limit=${PAGE}${after ? `&after=${encodeURIComponent(after)}` : ''}`;
      const page: Page = jsonOf(await this.edge.get('connectors', path));
      for (const { subject } of page.exceptions) open.add(`${subject.kind}/${subject.id}`);
      after = page.after;
    }
    return (kind, id) => open.has(`${kind}/${id}`);
  }

  private async judge(handed: Handed, answer: Answer | Error, isOpen: IsOpenCase): Promise<void> {
    const what = await this.wrong(handed, answer, isOpen).catch((error: unknown) => (error as Error).message);
    if (what !== undefined) this.findings.push({ handed, what });
  }
  private async wrong(handed: Handed, answer: Answer | Error, isOpen: IsOpenCase): Promise<string | undefined> {
    if (answer instanceof Error) return `the door gave no answer: ${answer.message}`;
    const { status, body } = answer;
    if (handed.bytes.length === 0 && !isTracking(handed) && status === 400) {
      count(this.tally, 'empty: refused at the door');
      return undefined;
    }
    if (status >= 300) return `the door answered ${status}: ${body.toString('utf8').slice(0, 500)}`;
    const taken = jsonOf<Taken>(answer);
    return isTracking(handed) ? this.wrongWithScans(handed, taken) : this.wrongWithDocuments(handed, taken, isOpen);
  }
  private async differs({ bytes }: Handed, service: Service, path: string): Promise<string | undefined> {
    const kept = await this.edge.get(service, path);
    return kept.status === 200 && kept.body.equals(bytes) ? undefined : `${path} does not give its bytes`;
  }

  private async wrongWithDocuments(
    handed: Handed,
    { fileId = '' }: Taken,
    isOpen: IsOpenCase,
  ): Promise<string | undefined> {
    const answer = await this.edge.get('connectors', `/v1/files/${fileId}`);
    const file = answer.status === 200 ? jsonOf<SeenFile & { hash: string }>(answer) : undefined;
    if (file && file.hash !== hashOf(handed.bytes)) return `kept under ${file.hash}, which is no hash of its bytes`;
    const documents = await this.documentsOf(fileId);
    count(this.tally, file?.status === 'quarantined' ? `file quarantined: ${file.faults?.[0]?.code}` : 'file parsed');
    for (const { status, standard, reason } of documents)
      count(this.tally, `  document of ${standard} ${status}${reason ? `: ${reason}` : ''}`);
    return (
      wrongWithFile(fileId, file, documents, isOpen) ??
      (await this.differs(handed, 'connectors', `/v1/files/${fileId}/content`))
    );
  }

  private async wrongWithScans(handed: Handed, taken: Taken): Promise<string | undefined> {
    const { hash = '', trackingNos = [], faults = [] } = taken;
    const [first] = faults;
    count(this.tally, `payload ${trackingNos.length > 0 ? 'told' : 'of no package'}${first ? `: ${first.code}` : ''}`);
    // A scan that our own contract refuses keeps its telling out; then the body waits for a person.
    const isWhole = faults.every(({ code }) => code !== 'schema-violation');
    for (const trackingNo of isWhole ? trackingNos.filter(isNamable) : []) {
      const path = `/v1/tracking/${encodeURIComponent(trackingNo)}`;
      const check = async (): Promise<boolean> => (await this.edge.get('shipments', path)).status === 200;
      await until({ what: `package ${trackingNo} to be known`, deadlineMs: REST_MS, check });
    }
    return wrongWithFaults(faults) ?? (await this.differs(handed, 'shipments', `/v1/webhooks/${hash}/content`));
  }

  /** Of what the road put aside there is nothing but payloads that could not be read. */
  private async together(payloads: ReadonlySet<string>): Promise<void> {
    for (const service of ['connectors', 'shipments'] as const) {
      const { messages } = jsonOf<{ messages: readonly Row[] }>(
        await this.edge.get(service, `/v1/quarantine?limit=${PAGE}`),
      );
      for (const { hash, type, reason, text } of messages)
        if (!payloads.has(hash))
          this.findings.push({ what: `message ${type} is in quarantine of ${service}: ${reason}: ${text}` });
    }
  }
}

export const playReal = async (
  all: readonly Handed[],
  senders: readonly string[],
  say: (text: string) => void,
): Promise<Pick<RealRun, 'findings' | 'tally'>> => {
  say('starting nats-server, mongod, connectors and shipment-normalization');
  const edge = await RealEdge.open(senders);
  try {
    const run = new RealRun(edge, say);
    await run.play(all);
    return run;
  } finally {
    await edge.close();
  }
};
