/**
 * Run by mongosh: from a mongod that answers to a primary with a user per service, who may read and write its own
 * database and no other. Every step can be repeated. The same file is used by compose and by the development overlay.
 */
/* global Mongo, sleep, print */
const { CROSSDOCK_ADMIN_URL, CROSSDOCK_MEMBER, CROSSDOCK_PASSWORD, CROSSDOCK_DATABASES } = process.env;
const SET = 'rs0';
const NOT_YET_INITIALIZED = 94;
const WITHIN_MS = 60_000;

/** A new mongod first serves itself alone, until its administrator is made. */
function connected() {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      return new Mongo(CROSSDOCK_ADMIN_URL).getDB('admin');
    } catch (error) {
      if (Date.now() > until) throw error;
      sleep(500);
    }
  }
}
const admin = connected();

function makeSet() {
  try {
    admin.runCommand({ replSetGetStatus: 1 });
  } catch (error) {
    if (error.code !== NOT_YET_INITIALIZED) throw error;
    admin.runCommand({ replSetInitiate: { _id: SET, members: [{ _id: 0, host: CROSSDOCK_MEMBER }] } });
    print(`replica set ${SET}: ${CROSSDOCK_MEMBER}`);
  }
}

function awaitPrimary() {
  const until = Date.now() + WITHIN_MS;
  while (!admin.hello().isWritablePrimary) {
    if (Date.now() > until) throw new Error(`${CROSSDOCK_MEMBER} did not become primary`);
    sleep(200);
  }
}

function putUser(service) {
  const roles = ['readWrite', 'dbAdmin'].map((role) => ({ role, db: service }));
  const known = admin.runCommand({ usersInfo: service }).users.length > 0;
  admin.runCommand({ [known ? 'updateUser' : 'createUser']: service, pwd: CROSSDOCK_PASSWORD, roles });
  print(`user ${service}: ${known ? 'as before' : 'made'}`);
}

makeSet();
awaitPrimary();
CROSSDOCK_DATABASES.split(',').forEach(putUser);
