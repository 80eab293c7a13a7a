/** When is a service at work again? When processes of it own all its lanes and say that they are ready. */
import type { Platform } from '../start/platform.ts';
import { SANDBOX } from '../start/system.ts';
import type { Supervised } from '../start/supervised.ts';
import { until } from '../stack/until.ts';
import type { Whole } from './drill.ts';

export const AT_WORK_MS = 120_000;

/** Seconds. */
export interface Recovery {
  /** from the end of the strike until every service is at work */
  readonly all: number;
  /** of each process that was started since the strike began: from its start until its service is at work */
  readonly sinceStart: readonly number[];
}

/** A replica's name holds the id of its process. */
const owns = (owner: string | null, pids: readonly number[]): boolean =>
  owner !== null && pids.some((pid) => owner.includes(`-${pid}-`));

/** Name of the service of which this is a replica. */
const serviceOf = ({ services }: Platform, { name }: Supervised): string =>
  services.includes(name) ? name : (services.find((service) => name.startsWith(`${service}-`)) ?? name);

async function isAtWork(platform: Platform, member: Supervised): Promise<boolean> {
  const { fleet, databases } = platform;
  const service = serviceOf(platform, member);
  const replicas = fleet.services.filter((other) => serviceOf(platform, other) === service);
  const pids = replicas.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  const lanes = await databases.lanes(service);
  return lanes.length > 0 && lanes.every(({ owner }) => owns(owner, pids)) && fleet.isReady(member.name);
}

/** Waits until a service is at work. */
export const atWork = (platform: Platform, member: Supervised): Promise<void> =>
  until({ what: `${member.name} to be at work`, deadlineMs: AT_WORK_MS, check: () => isAtWork(platform, member) });

/** Waits until every service is at work, by itself or by another replica of it, and what else has to be true is. */
export async function recovered(platform: Platform, struckAt: number, whole?: Whole): Promise<Recovery> {
  const since = Date.now();
  const members = platform.fleet.services.filter(({ name }) => name !== SANDBOX);
  const each = members.map(async (member) => {
    await atWork(platform, member);
    return member.startedAt > struckAt ? [(Date.now() - member.startedAt) / 1000] : [];
  });
  const sinceStart = (await Promise.all(each)).flat();
  if (whole) await until({ what: 'all to be whole again', deadlineMs: AT_WORK_MS, check: whole });
  return { all: (Date.now() - since) / 1000, sinceStart };
}
