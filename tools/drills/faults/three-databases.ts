/** Three mongods as one replica set: the primary steps down, is killed, or dies with commits that nobody else has. */
import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { MongoClient, type Document } from 'mongodb';
import { filesOf, numbered, membersOf } from '../../stack/files.ts';
import { until } from '../../stack/until.ts';
import type { StackServer } from '../../stack/server.ts';
import type { Drill, Scene, Strike } from '../drill.ts';

const DOWN_MOST_MS = 6_000;
/** How long the primary takes writes that reach nobody. */
const ALONE_MS = 3_000;
const STEP_DOWN_S = 10;
const SET_MS = 90_000;

async function asked(url: string, command: Document, direct = false): Promise<Document> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000, directConnection: direct });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

const hostsOf = ({ platform }: Scene): readonly string[] =>
  (platform.stack.mongo.adminUrl.split('@')[1]?.split('/')[0] ?? '').split(',');

/** The member that leads now, and those that follow it. */
async function roles(scene: Scene): Promise<{ primary: StackServer; others: readonly StackServer[] }> {
  const { mongo } = scene.platform.stack;
  const { primary: host } = await asked(mongo.adminUrl, { hello: 1 });
  const primary = mongo.members[hostsOf(scene).indexOf(String(host))];
  if (!primary) throw new Error(`no member of the set is at ${String(host)}`);
  return { primary, others: mongo.members.filter((member) => member !== primary) };
}

/** One member leads and the others follow. */
const whole = (scene: Scene): Promise<void> =>
  until({
    what: 'the replica set to be whole',
    deadlineMs: SET_MS,
    check: async () => {
      const { members } = await asked(scene.platform.stack.mongo.adminUrl, { replSetGetStatus: 1 });
      const states = (members as { stateStr: string }[]).map(({ stateStr }) => stateStr).toSorted();
      return states.join() === 'PRIMARY,SECONDARY,SECONDARY';
    },
  });

const killed: Strike = {
  name: 'the primary',
  deed: `killed, and back after up to ${DOWN_MOST_MS / 1000} s`,
  strike: async (scene) => {
    const { primary } = await roles(scene);
    await primary.kill9();
    await pause(scene.random.below(DOWN_MOST_MS));
    await primary.restart();
    await whole(scene);
  },
};

const steppedDown: Strike = {
  name: 'the primary',
  deed: 'made to step down',
  strike: async (scene) => {
    const { mongo } = scene.platform.stack;
    await asked(mongo.adminUrl, { replSetStepDown: STEP_DOWN_S, force: true }).catch(() => undefined);
    await whole(scene);
  },
};

/** Its last commits are rolled back when it returns: nobody may have acted on them. */
const diedAlone: Strike = {
  name: 'the primary',
  deed: `left alone for ${ALONE_MS / 1000} s, then killed with commits that only it has`,
  strike: async (scene) => {
    const { primary, others } = await roles(scene);
    // Frozen they would still find in their sockets what the primary had sent meanwhile.
    await Promise.all(others.map((member) => member.kill9()));
    await pause(ALONE_MS);
    await primary.kill9();
    await Promise.all(others.map((member) => member.restart()));
    // Back before there was an election it would win that, having the most.
    const led = async () => (await roles(scene)).primary !== primary;
    await until({ what: 'another primary', deadlineMs: SET_MS, check: led });
    await primary.restart();
    await whole(scene);
    scene.say(`drill: ${rollbacks(scene)} rollbacks so far`);
  },
};

/** How often a member took back what it alone had, by its log. */
const rollbacks = ({ platform }: Scene): number =>
  membersOf(3)
    .map((member) => readFileSync(filesOf(platform.dir).log(numbered('mongod', member)), 'utf8'))
    .reduce((sum, log) => sum + log.split('"msg":"Rollback summary"').length - 1, 0);

const KINDS = [diedAlone, steppedDown, killed];

export const threeDatabaseDrills: readonly Drill[] = [
  {
    name: 'three-databases',
    about: 'Three mongods as one replica set: the primary dies with commits that only it has, steps down, is killed.',
    most: 12,
    perMinute: 2,
    prepare: async () => ({ servers: { members: { mongo: 3 } }, leave: async () => undefined }),
    strikes: (count) => Array.from({ length: count }, (_, nth) => KINDS[nth % KINDS.length] as Strike),
    after: async (scene) =>
      rollbacks(scene) > 0 ? [] : ['no commit was rolled back, so this drill has not shown what it is there for'],
  },
];
