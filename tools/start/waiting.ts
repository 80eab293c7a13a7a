/** What the services' databases still hold open, read as an operator would: questions, parked messages, quarantine. */
import { MongoClient } from 'mongodb';

export interface Waiting {
  /** questions to the outside without an answer */
  readonly asks: number;
  /** messages that wait for another, and what came in at a door and waits for its turn */
  readonly parked: number;
}

export interface LaneStanding {
  readonly decider: string;
  readonly owner: string | null;
  readonly retired?: boolean;
}

export class Databases {
  readonly #client: MongoClient;
  readonly #services: readonly string[];

  constructor(adminUrl: string, services: readonly string[]) {
    this.#client = new MongoClient(adminUrl, { serverSelectionTimeoutMS: 3_000, appName: 'npm start' });
    this.#services = services;
  }

  async waiting(): Promise<Waiting> {
    const counts = await Promise.all(
      this.#services.map(async (service) => {
        const due = this.#client.db(service).collection('due');
        const [asks, parked] = await Promise.all([
          due.countDocuments({ kind: 'ask' }),
          due.countDocuments({ kind: { $in: ['parked', 'deposit'] } }),
        ]);
        return { asks, parked };
      }),
    );
    return {
      asks: counts.reduce((sum, { asks }) => sum + asks, 0),
      parked: counts.reduce((sum, { parked }) => sum + parked, 0),
    };
  }

  /** Who has the lanes of a service; null: nobody has. */
  async lanes(service: string): Promise<readonly LaneStanding[]> {
    const fields = { decider: 1, owner: 1, retired: 1 };
    return this.#client.db(service).collection<LaneStanding>('lanes').find({}, { projection: fields }).toArray();
  }

  /** Every state of a kind. */
  async states<S>(service: string, kind: string): Promise<readonly S[]> {
    const rows = await this.#client.db(service).collection<{ s: S }>(`state_${kind}`).find().toArray();
    return rows.map(({ s }) => s as S);
  }

  /** Ids of every event that services have committed and still keep. */
  async committedIds(): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const service of this.#services)
      for (const name of ['commits', 'commit_parts']) {
        const rows = this.#client.db(service).collection<{ events: readonly { id: string }[] }>(name);
        for await (const { events } of rows.find({}, { projection: { 'events.id': 1 } }))
          ids.push(...events.map(({ id }) => id));
      }
    return ids;
  }

  /** What a service has put into quarantine. */
  async quarantined(service: string): Promise<readonly { readonly messageId: string; readonly reason: string }[]> {
    const rows = this.#client.db(service).collection<{ messageId: string; reason: string }>('quarantine');
    return rows.find({}, { projection: { messageId: 1, reason: 1 } }).toArray();
  }

  /** Messages put into quarantine since then. */
  async deadLetters(since: Date): Promise<number> {
    const counts = await Promise.all(
      this.#services.map((service) =>
        this.#client
          .db(service)
          .collection('quarantine')
          .countDocuments({ at: { $gte: since.toISOString() } }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** For books that lie on a server which is not ours to wipe. */
  async drop(): Promise<void> {
    for (const service of this.#services) await this.#client.db(service).dropDatabase();
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
