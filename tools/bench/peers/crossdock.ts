/** Crossdock's own road with the same five steps. */
import { startWorker, type Peer } from './peer.ts';

export const crossdockPeer: Peer = {
  name: 'crossdock',
  concurrencies: [64, 256, 1_024],
  prepare: async () => undefined,
  start: (place) => startWorker('crossdock', place, { PEER_NATS_URL: place.natsUrl }),
};
