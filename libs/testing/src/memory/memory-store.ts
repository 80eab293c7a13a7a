/** The store's twin in memory: same fence, same conflicts, same inbox; for simulations and fast tests of the road. */
import {
  Conflict,
  Fenced,
  laneChange,
  laneName,
  type CommitPlan,
  type CommitRecord,
  type DueDocument,
  type LaneDocument,
  type Positions,
  type Published,
  type QuarantineDocument,
  type StateDocument,
  type Store,
  type StoredAnswer,
  type Waiting,
} from '@crossdock/runtime';

/** What is stored is plain data, and what is undefined is not there: several times cheaper than `structuredClone`. */
export const copyOf = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copied: Record<string, unknown> = {};
  for (const name in value) if (value[name] !== undefined) copied[name] = copyOf(value[name]);
  return copied as T;
};
interface Committed extends CommitRecord {
  readonly lane: string;
  readonly causes: readonly string[];
  readonly answers: readonly StoredAnswer[];
}

export class MemoryStore implements Store {
  readonly laneRows = new Map<string, LaneDocument>();
  readonly states = new Map<string, StateDocument & { readonly keys: readonly string[] }>();
  readonly due = new Map<string, DueDocument>();
  readonly quarantined = new Map<string, QuarantineDocument>();
  readonly committed: Committed[] = [];
  private readonly inbox = new Map<string, StoredAnswer | undefined>();
  private readonly leases = new Map<string, { until: number; renewed: number }>();
  private readonly tries = new Map<string, number>();

  /** `watch` sees every commit as it becomes true */
  constructor(
    private readonly now: () => number,
    private readonly watch: (plan: CommitPlan) => void = () => undefined,
  ) {}

  async declareLanes(decider: string, of: number, partition: (waiting: Waiting) => number): Promise<void> {
    const living = new Set((await this.living(0)).map(({ id }) => id));
    const { made, retired } = laneChange(decider, of, [...this.laneRows.values()], living);
    for (const lane of [...retired, ...made]) this.laneRows.set(lane._id, lane);
    for (const due of this.due.values())
      if (retired.some(({ _id }) => _id === due.lane))
        this.due.set(due._id, { ...due, lane: laneName(decider, partition(due) % of, of) });
  }
  async renew(replica: string, leaseMs: number): Promise<void> {
    this.leases.set(replica, { until: this.now() + leaseMs, renewed: this.now() });
  }
  async leave(replica: string): Promise<void> {
    this.leases.delete(replica);
  }
  async living(leaseMs: number): Promise<readonly { id: string; fresh: boolean }[]> {
    return [...this.leases]
      .filter(([, { until }]) => until > this.now())
      .map(([id, { until }]) => ({ id, fresh: until > this.now() + leaseMs / 2 }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  async lanes(): Promise<readonly LaneDocument[]> {
    return copyOf([...this.laneRows.values()].sort((a, b) => (a._id < b._id ? -1 : 1)));
  }
  async readLane(id: string): Promise<LaneDocument | undefined> {
    return copyOf(this.laneRows.get(id));
  }
  async takeLane(before: LaneDocument, replica: string): Promise<LaneDocument | undefined> {
    const row = this.laneRows.get(before._id);
    if (!row || row.epoch !== before.epoch || row.owner !== before.owner) return undefined;
    const taken = { ...row, owner: replica, epoch: row.epoch + 1, clean: false };
    this.laneRows.set(row._id, taken);
    return copyOf({ ...taken, clean: row.clean });
  }
  async releaseLane({ _id, owner, epoch, positions, pub, clean }: LaneDocument): Promise<void> {
    const row = this.laneRows.get(_id);
    if (!row || row.owner !== owner || row.epoch !== epoch) return;
    this.laneRows.set(_id, copyOf({ ...row, owner: null, clean, positions, pub }));
  }

  async handled(causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>> {
    return new Map(
      causes.filter((cause) => this.inbox.has(cause)).map((cause) => [cause, copyOf(this.inbox.get(cause))]),
    );
  }
  async load(kind: string, ids: readonly string[]): Promise<readonly StateDocument[]> {
    return ids.flatMap((id) => {
      const found = this.states.get(`${kind}/${id}`);
      if (!found) return [];
      const { keys: _keys, ...state } = found;
      return [copyOf(state)];
    });
  }
  async waiting(lane: string, kind: 'parked' | 'ask'): Promise<readonly DueDocument[]> {
    return copyOf(
      [...this.due.values()].filter((due) => due.lane === lane && due.kind === kind).sort((a, b) => a.ord - b.ord),
    );
  }
  async dueNow(lanes: readonly string[], now: string, limit: number): Promise<readonly DueDocument[]> {
    const due = [...this.due.values()].filter(
      ({ lane, kind, at }) => lanes.includes(lane) && kind !== 'ask' && at <= now,
    );
    return copyOf(due.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, limit));
  }
  async deposit(dues: readonly DueDocument[]): Promise<void> {
    for (const due of dues) if (!this.due.has(due._id)) this.due.set(due._id, copyOf(due));
  }
  async dropDeposits(ids: readonly string[]): Promise<void> {
    for (const id of ids) if (this.due.get(id)?.kind === 'deposit') this.due.delete(id);
  }
  async postpone(dueId: string, at: string): Promise<void> {
    const due = this.due.get(dueId);
    if (due) this.due.set(dueId, { ...due, at });
  }

  private fence(lane: string, owner: string, epoch: number, n: number): LaneDocument {
    const row = this.laneRows.get(lane);
    if (!row || row.owner !== owner || row.epoch !== epoch || row.n !== n) throw new Fenced(lane);
    return row;
  }
  async commit(plan: CommitPlan): Promise<void> {
    const row = this.fence(plan.lane, plan.owner, plan.epoch, plan.n - 1);
    const repeated = plan.causes.find((cause, index) => this.inbox.has(cause) || plan.causes.indexOf(cause) !== index);
    if (repeated) throw new Conflict(`${repeated} was handled`);
    for (const { before } of plan.states) {
      const now = this.states.get(`${before.kind}/${before.id}`);
      if (before.v === 0 ? now : !now || now.v !== before.v || now.by !== before.by)
        throw new Conflict(`${before.kind}/${before.id}`);
    }
    this.laneRows.set(row._id, copyOf({ ...row, n: plan.n, positions: plan.positions, pub: plan.pub }));
    const { lane, n, at, causes, events, answers, positions, pub } = plan;
    this.committed.push(copyOf({ lane, n, at, causes, events, answers, positions, pub }));
    const answered = new Map(answers.map((answer) => [answer.id, answer]));
    for (const cause of causes) this.inbox.set(cause, copyOf(answered.get(cause)));
    for (const { after, keys } of plan.states) this.states.set(`${after.kind}/${after.id}`, copyOf({ ...after, keys }));
    for (const id of plan.dueOut) this.due.delete(id);
    for (const due of plan.dueIn) this.due.set(due._id, copyOf(due));
    for (const quarantined of plan.quarantine) this.quarantined.set(quarantined._id, copyOf(quarantined));
    this.watch(plan);
  }
  async storePositions(
    lane: string,
    owner: string,
    epoch: number,
    n: number,
    positions: Positions,
    pub: Published,
  ): Promise<void> {
    this.laneRows.set(lane, copyOf({ ...this.fence(lane, owner, epoch, n), positions, pub }));
  }
  async commits(lane: string, from: number, limit: number, since = ''): Promise<readonly CommitRecord[]> {
    const found = this.committed.filter((commit) => commit.lane === lane && commit.n >= from && commit.at >= since);
    return copyOf(
      found.slice(0, limit).map(({ n, at, events, positions, pub }) => ({ n, at, events, positions, pub })),
    );
  }
  async attempt(cause: string): Promise<number> {
    const count = (this.tries.get(cause) ?? 0) + 1;
    this.tries.set(cause, count);
    return count;
  }
  async forget(lane: string, n: number, before: string): Promise<number> {
    let count = 0;
    for (let index = this.committed.length - 1; index >= 0; index--) {
      const commit = this.committed[index] as Committed;
      if (commit.lane !== lane || commit.n > n || commit.at >= before) continue;
      for (const cause of commit.causes) this.inbox.delete(cause);
      this.committed.splice(index, 1);
      count++;
    }
    return count;
  }
}
