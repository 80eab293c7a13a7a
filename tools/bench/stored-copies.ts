/**
 * Makes a service's books larger without playing for hours: every state and every commit is stored again, as another
 * tenant's and another lane's. Collections, indexes and the inbox grow by all of it; nobody ever asks for it.
 */
import { MongoClient, type Db, type Document } from 'mongodb';

const COMMITS = ['commits', 'commit_parts'] as const;
const isState = (name: string): boolean => name.startsWith('state_');
/** Sorts behind every tenant and lane of ours. */
const MARK = '~copy';
const OURS = { $match: { _id: { $not: { $regex: `^${MARK}` } } } };

const marked = (value: unknown): Document => ({ $concat: [MARK, { $toString: '$copy' }, '~', value] });
const allMarked = (field: string): Document => ({ $map: { input: `$${field}`, in: marked('$$this') } });
/** `_id` and keys of a state begin with its tenant; an id of a commit with its lane, and its causes are unique. */
const AS_STATE: Document = { _id: marked('$_id'), k: allMarked('k') };
const AS_PART: Document = { _id: marked('$_id'), lane: marked('$lane') };
const AS_COMMIT: Document = { ...AS_PART, causes: allMarked('causes') };
const fieldsOf = (name: string): Document => (isState(name) ? AS_STATE : name === 'commits' ? AS_COMMIT : AS_PART);

export class Copies {
  readonly #client: MongoClient;
  readonly #services: readonly string[];

  constructor(adminUrl: string, services: readonly string[]) {
    this.#client = new MongoClient(adminUrl);
    this.#services = services;
  }

  /** Until every collection holds `times` times what it held. */
  async make(times: number): Promise<{ readonly documents: number; readonly seconds: number }> {
    const began = performance.now();
    let documents = 0;
    for (const [db, name] of await this.#collections()) {
      documents += (await db.collection(name).countDocuments()) * (times - 1);
      await db
        .collection(name)
        .aggregate(
          [
            OURS,
            { $set: { copy: { $range: [1, times] } } },
            { $unwind: '$copy' },
            { $set: fieldsOf(name) },
            { $unset: 'copy' },
            { $merge: { into: name, whenMatched: 'fail', whenNotMatched: 'insert' } },
          ],
          { writeConcern: { w: 1, j: false } },
        )
        .toArray();
    }
    return { documents, seconds: (performance.now() - began) / 1000 };
  }

  /** Collections are written anew without the copies, which is quicker than deleting them one by one. */
  async remove(): Promise<void> {
    for (const [db, name] of await this.#collections())
      await db
        .collection(name)
        .aggregate([OURS, { $out: name }])
        .toArray();
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #collections(): Promise<readonly (readonly [db: Db, name: string])[]> {
    const found: (readonly [Db, string])[] = [];
    for (const service of this.#services) {
      const db = this.#client.db(service);
      for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
        if (isState(name) || (COMMITS as readonly string[]).includes(name)) found.push([db, name]);
    }
    return found;
  }
}
