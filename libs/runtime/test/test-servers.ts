/** The servers that all suites of a run share; each spec uses databases and streams of its own. */
import { randomUUID } from 'node:crypto';

const given = (variable: string): string => {
  const url = process.env[variable];
  if (!url) throw new Error(`${variable} is not set: npm test sets it`);
  return url;
};
export const sharedNats = (): string => given('CROSSDOCK_TEST_NATS_URL');
/** The administrator's URL of a database that no other spec has. */
export const ownDatabase = (purpose: string): string => {
  const url = new URL(given('CROSSDOCK_TEST_MONGO_URL'));
  url.pathname = `/${purpose}-${randomUUID().slice(0, 8)}`;
  if (!url.searchParams.has('authSource') && url.username) url.searchParams.set('authSource', 'admin');
  return url.href;
};
