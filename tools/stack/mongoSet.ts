/** From a mongod that answers to a primary with an administrator and a user per service; every step can be repeated. */
import { readFileSync } from 'node:fs';
import { MongoClient, type Db } from 'mongodb';
import type { Credentials } from './mongoUrl.ts';
import type { Hopeless } from './server.ts';
import { until } from './until.ts';

export const REPLICA_SET = 'rs0';
export const ADMIN_USER = 'crossdock-admin';
const PRIMARY_MS = 60_000;

export async function answers(port: number): Promise<boolean> {
  return withMember(port, {}, async (admin) => Boolean(await admin.command({ hello: 1 })));
}

/**
 * Works as the set's own member, by the key file: mongod grants a first user to nobody else when the connection comes
 * from outside its loopback, as it does into a container.
 */
export async function preparePrimary(port: number, keyFile: string, admin: Credentials, giveUp: Hopeless) {
  const member = { auth: { username: '__system', password: readFileSync(keyFile, 'utf8') }, authSource: 'local' };
  await withMember(port, member, async (db) => {
    const hello = () => db.command({ hello: 1 });
    if (!(await hello())['setName']) await bringIntoSet(db, `127.0.0.1:${port}`);
    await until({
      what: 'mongod to become primary',
      deadlineMs: PRIMARY_MS,
      check: async () => (await hello())['isWritablePrimary'],
      giveUp,
    });
    await putUsers(db, [{ ...admin, roles: ['root'] }]);
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
async function bringIntoSet(admin: Db, host: string): Promise<void> {
  const members = [{ _id: 0, host }];
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
