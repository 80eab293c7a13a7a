/** Two versions of a service side by side: the newer one joins, takes over, and makes way for the older one again. */
import { call } from '../../start/http.ts';
import type { Drill, Scene, Strike } from '../drill.ts';
import { recovered } from '../recovery.ts';
import { loading } from './loading.ts';

const SERVICE = 'finance-posting';
/** Changes of a node while two versions have the lanes; each is said in both versions. */
const CHANGES = 20;

const older = (): Readonly<Record<string, string>> => ({ NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '' });
const newer = (): Readonly<Record<string, string>> => loading('newer-version.mjs');

/** What the ERP says of nodes that nobody ships from. */
const nodesChange = async ({ platform, random, say }: Scene): Promise<void> => {
  const { erp } = platform.fleet.urls.outside;
  const name = (at: number): string => `Drill ${random.below(1_000_000)} ${at}`;
  for (let at = 0; at < CHANGES; at++) {
    const node = {
      node: `DRILL${at % 5}`,
      name: name(at),
      entity: 'CD-UK',
      address: { country: 'GB' },
      status: 'active',
    };
    await call(`${erp}/erp/master-data`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify({ nodes: [node] }),
    });
  }
  say(`drill: ${CHANGES} changes of nodes were said in both versions`);
};

const step = (deed: string, act: (scene: Scene) => Promise<void>): Strike => ({
  name: SERVICE,
  deed,
  strike: async (scene) => {
    const struckAt = Date.now();
    await act(scene);
    await recovered(scene.platform, struckAt);
    await nodesChange(scene);
  },
});

const twinOf = ({ platform }: Scene) => platform.fleet.services.find(({ name }) => name === `${SERVICE}-2`);

const STEPS: readonly Strike[] = [
  step('joined by a replica of a newer version', async (scene) => {
    await scene.platform.fleet.twin(SERVICE, newer());
  }),
  step('killed in its older version, so that the newer one has all lanes for a while', async ({ platform }) => {
    await platform.fleet.member(SERVICE).kill9();
  }),
  step('killed in its newer version', async (scene) => twinOf(scene)?.kill9()),
  step('of the newer version alone', async (scene) => {
    const { fleet } = scene.platform;
    const member = fleet.member(SERVICE);
    member.equip(newer());
    await member.stop();
    await member.start();
  }),
  step('of two versions again', async ({ platform }) => {
    const member = platform.fleet.member(SERVICE);
    member.equip(older());
    await member.stop();
    await member.start();
  }),
  step('of the older version alone, as before', async (scene) => {
    const twin = twinOf(scene);
    if (twin) await scene.platform.fleet.dismiss(twin);
    // Services only widen what their consumers hear; going back for good is told to the broker.
    await scene.platform.provision();
  }),
];

export const versionDrills: readonly Drill[] = [
  {
    name: 'two-versions',
    about:
      'A newer version of finance-posting, which hears the second version of an event, shares lanes with the older one, is killed, is alone, and makes way again.',
    most: STEPS.length,
    perMinute: STEPS.length,
    strikes: () => STEPS,
    after: async (scene) => nodesKnown(scene),
  },
];

/** Whoever decided them, every node is known in its last version. */
async function nodesKnown({ platform }: Scene): Promise<readonly string[]> {
  const states = await platform.databases.states<{ status: string; node?: string; version?: number }>(SERVICE, 'node');
  const known = states.filter(({ node }) => node?.startsWith('DRILL'));
  const due = (STEPS.length * CHANGES) / 5;
  return [
    ...(known.length === 5 ? [] : [`${known.length} of 5 nodes are known to ${SERVICE}`]),
    ...known.flatMap(({ node, version }) =>
      version === due ? [] : [`${node ?? ''} is known in version ${version ?? 0} instead of ${due}`],
    ),
  ];
}
