/** From a mongod that answers to a primary with an administrator and a user per service; every step can be repeated. */
import { readFileSync } from 'node:fs';
import { MongoClient, type Db } from 'mongodb';
import type { Credentials } from './mongoUrl.ts';
import type { Hopeless } from './server.ts';
import { until } from './until.ts';

export const REPLICA_SET = 'rs0';
export const ADMIN_USER = 'crossdock-admin';
const PRIMARY_MS = 60_000;

export interface SetPlan {
  /** Of every member; the first one is asked to bring them together. */
  ports: readonly number[];
  keyFile: string;
  admin: Credentials;
}

/**
 * Works as the set's own member, by the key file: mongod grants a first user to nobody else when the connection comes
 * from outside its loopback, as it does into a container.
 */
export async function preparePrimary({ ports, keyFile, admin }: SetPlan, giveUp: Hopeless): Promise<void> {
  const member = { auth: { username: '__system', password: readFileSync(keyFile, 'utf8') }, authSource: 'local' };
  const [first = 0] = ports;
  await withMember(first, member, async (db) => {
    const hello = () => db.command({ hello: 1 });
    const hosts = ports.map((port) => `127.0.0.1:${port}`);
    const brought = async () => Boolean((await hello())['setName']) || (await bringIntoSet(db, hosts).then(() => true));
    await until({ what: 'the members of the set', deadlineMs: PRIMARY_MS, check: brought, giveUp });
    const led = async () => {
      const primary = portIn((await hello())['primary']);
      return primary !== undefined && withMember(primary, member, (at) => leads(at, admin));
    };
    await until({ what: 'a mongod to become primary', deadlineMs: PRIMARY_MS, check: led, giveUp });
  });
}

/** A primary that takes writes has its administrator from then on. */
async function leads(db: Db, admin: Credentials): Promise<boolean> {
  if (!(await db.command({ hello: 1 }))['isWritablePrimary']) return false;
  await putUsers(db, [{ ...admin, roles: ['root'] }]);
  return true;
}

const portIn = (host: unknown): number | undefined => Number(String(host ?? '').split(':')[1]) || undefined;

/** It takes part in its set, leading or following; one that was never in a set has only to answer. */
export async function takesPart(port: number): Promise<boolean> {
  return withMember(port, {}, async (admin) => {
    const { isWritablePrimary, secondary, setName, info } = await admin.command({ hello: 1 });
    return Boolean(isWritablePrimary || secondary || (!setName && info));
  });
}

/** A database and a user per service. Ending the sessions of its own dead processes needs no privilege beyond. */
export async function grantServices(adminUrl: string, services: readonly Credentials[]): Promise<void> {
  const client = new MongoClient(adminUrl, { serverSelectionTimeoutMS: 10_000 });
  try {
    const ownOnly = (user: string) => ['readWrite', 'dbAdmin'].map((role) => ({ role, db: user }));
    await putUsers(
      client.db('admin'),
      services.map((service) => ({ ...service, roles: ownOnly(service.user) })),
    );
  } finally {
    await client.close();
  }
}

/** The member itself, whatever its set calls it. */
async function withMember<T>(port: number, login: object, act: (admin: Db) => Promise<T>): Promise<T> {
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1000, ...login });
  try {
    return await act(client.db('admin'));
  } finally {
    await client.close();
  }
}

/** A new member is initiated; one whose port has changed since does not find itself in its set and is put back. */
async function bringIntoSet(admin: Db, hosts: readonly string[]): Promise<void> {
  const members = hosts.map((host, _id) => ({ _id, host }));
  const config = await admin.command({ replSetGetConfig: 1 }).then((answer) => answer['config'], unlessNew);
  if (!config) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } });
    return;
  }
  const version = Number(config.version) + 1;
  await admin.command({ replSetReconfig: { ...config, version, members }, force: true });
}

/** Error 94: not yet initialised. */
function unlessNew(error: { code?: number }): undefined {
  if (error.code !== 94) throw error;
}

async function putUsers(admin: Db, wanted: readonly (Credentials & { roles: unknown[] })[]): Promise<void> {
  const { users } = await admin.command({ usersInfo: 1 });
  const known = new Set(users.map((entry: { user: string }) => entry.user));
  for (const { user, password, roles } of wanted) {
    await admin.command({ [known.has(user) ? 'updateUser' : 'createUser']: user, pwd: password, roles });
  }
}
