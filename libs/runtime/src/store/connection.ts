/** One MongoDB client per process; majority and journal for everything that the road writes. */
import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';

/** Nothing that a failover could take back is read, and nothing is done that one could undo. */
export const SAFE: MongoClientOptions = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
};

export interface Connection {
  readonly client: MongoClient;
  readonly db: Db;
  /** false while no primary is known */
  readonly up: () => boolean;
  close(): Promise<void>;
}

/** Connects and keeps trying: a database that is not there yet is waited for until `deadlineMs`. */
export const connect = async (url: string, name: string, deadlineMs = 60_000): Promise<Connection> => {
  const client = new MongoClient(url, {
    appName: name,
    maxPoolSize: 24,
    ...SAFE,
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    retryReads: true,
    retryWrites: true,
  });
  let primary = false;
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    primary =
      newDescription.hasKnownServers && [...newDescription.servers.values()].some(({ isWritable }) => isWritable);
  });
  const until = Date.now() + deadlineMs;
  for (;;) {
    try {
      await client.connect();
      await client.db().command({ ping: 1 });
      break;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  return { client, db: client.db(), up: () => primary, close: () => client.close() };
};
