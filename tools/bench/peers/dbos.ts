/** DBOS: a library in the worker's process, its state in PostgreSQL. */
import { missingPostgres, startPostgres } from './postgres.ts';
import { installed, startWorker, type Peer } from './peer.ts';

export const dbosPeer: Peer = {
  name: 'dbos',
  concurrencies: [16, 64, 256],
  prepare: async () => (await missingPostgres()) ?? (await installed('dbos')),
  start: async (place) => {
    const postgres = await startPostgres(place.dir, ['dbos']);
    return startWorker('dbos', place, { PEER_POSTGRES_URL: postgres.url('dbos') }, [postgres.child]);
  },
};
