/** What happens between a service and its servers: each has links of its own, which are delayed, cut or half-opened. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '../../stack/index.ts';
import type { Links } from '../../start/platform.ts';
import { shuffled, type Drill, type Grounds, type Scene, type Strike } from '../drill.ts';
import { DELAY_MS, Proxy, type Mood } from './proxy.ts';

const TROUBLE_MS = 10_000;

interface Link {
  readonly service: string;
  readonly server: 'nats-server' | 'mongod';
  readonly proxy: Proxy;
}
/** of the drill under way */
let links: readonly Link[] = [];

/** The same URL by way of a new link. */
const linked = async (service: string, server: Link['server'], url: string): Promise<URL> => {
  const known = new URL(url);
  const proxy = new Proxy(known.hostname, Number(known.port));
  links = [...links, { service, server, proxy }];
  known.port = String(await proxy.listen());
  return known;
};

const throughProxies = async ({ nats, mongo }: Stack, services: readonly string[]): Promise<Links> => {
  const natsUrls = new Map<string, string>();
  const mongoUrls = new Map<string, string>();
  for (const service of services) {
    natsUrls.set(service, (await linked(service, 'nats-server', nats.url)).href);
    const own = await linked(service, 'mongod', mongo.url(service));
    // The driver would ask the set for its members and go past the proxy.
    own.searchParams.delete('replicaSet');
    own.searchParams.set('directConnection', 'true');
    mongoUrls.set(service, own.href);
  }
  return {
    natsUrl: (name) => natsUrls.get(name) ?? nats.url,
    mongoUrl: (name) => mongoUrls.get(name) ?? mongo.url(name),
  };
};

const linksOfServices = async (): Promise<Grounds> => ({
  links: throughProxies,
  leave: async () => {
    for (const { proxy } of links) await proxy.close();
    links = [];
  },
});

/** One service alone, or all at once: then the server is cut off from everybody. */
const trouble = (server: Link['server'], mood: Mood, alone: boolean): Strike => ({
  name: `the link of ${alone ? 'a service' : 'every service'} to ${server}`,
  deed:
    { slow: `slow by ${DELAY_MS} ms`, deaf: 'half-open', cut: 'cut', well: 'well' }[mood] +
    ` for ${TROUBLE_MS / 1000} s`,
  strike: async ({ platform, random, say }: Scene) => {
    const one = random.pick(platform.services);
    if (alone) say(`drill: it is ${one}`);
    const hit = links.filter((link) => link.server === server && (!alone || link.service === one));
    for (const { proxy } of hit) proxy.set(mood);
    await pause(TROUBLE_MS);
    for (const { proxy } of hit) proxy.set('well');
  },
});

const KINDS = (['slow', 'cut', 'deaf'] as const).flatMap((mood) =>
  (['nats-server', 'mongod'] as const).flatMap((server) => [false, true].map((alone) => ({ mood, server, alone }))),
);

export const linkDrills: readonly Drill[] = [
  {
    name: 'links',
    about:
      'A TCP proxy delays, cuts and half-opens the links of one or of all services to nats-server and mongod for 10 s each.',
    most: 2 * KINDS.length,
    perMinute: 3,
    prepare: linksOfServices,
    strikes: (count, random) => {
      const kinds = shuffled(random, KINDS);
      return Array.from({ length: count }, (_, nth) => {
        const { server, mood, alone } = kinds[nth % kinds.length] as (typeof KINDS)[number];
        return trouble(server, mood, alone);
      });
    },
  },
];
