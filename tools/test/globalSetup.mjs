/** Jest's globalSetup of the suites on real servers: `npx jest` alone brings its own, `npm test` shares one pair. */
import { ensureTestServers } from '../stack/forTests.ts';

export default async function globalSetup() {
  globalThis.crossdockTestServers = await ensureTestServers();
}
