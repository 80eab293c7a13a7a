/** Invariants of the road itself: nothing lost between database and broker, nothing handled twice, nothing left waiting. */
import { hash as hashOf } from 'node:crypto';
import { AVAILABILITY_BUCKET, mirrorKey } from '@crossdock/runtime';
import { Findings, type Verdict } from './verdict.js';
import type { World } from './world.js';

const digest = (text: string): string => hashOf('sha256', text, 'base64').slice(0, 22);

/** I6: a message changes state once: no handler has the same message twice in its inbox. */
export const onceOnly = async (world: World): Promise<Verdict> => {
  const found = new Findings('I6', 'each message changes state once');
  for (const service of world.services) {
    const seen = new Set<string>();
    for await (const cause of world.causes(service)) {
      found.expect(!seen.has(cause), () => `${service}: ${cause} was handled twice`);
      seen.add(cause);
    }
  }
  return found.verdict();
};

/** I7: events of an order are numbered 1 to n without a gap. */
export const versionsWithoutGaps = async (world: World): Promise<Verdict> => {
  const found = new Findings('I7', 'versions without gaps');
  const versions = new Map<string, Set<number>>();
  for await (const { type, tenant, key, entityVersion } of world.committed('order-orchestration')) {
    // A document and a return count their own, and a document has the number of the order that it did not become.
    if (!/^orders\.evt\.(?!document-|return-)/.test(type) || entityVersion === 0) continue;
    const of = `${tenant}|${key}`;
    const known = versions.get(of) ?? new Set<number>();
    versions.set(of, known);
    found.expect(!known.has(entityVersion), () => `order ${of}: version ${entityVersion} was said twice`);
    known.add(entityVersion);
  }
  for (const [of, known] of versions)
    found.expect(
      Math.max(...known) === known.size,
      () => `order ${of}: versions ${[...known].sort((a, b) => a - b).join(', ')}`,
    );
  return found.verdict();
};

/** I8: every committed event is on its stream at least once, and every copy equals it. */
export const everyEventPublished = async (world: World): Promise<Verdict> => {
  const found = new Findings('I8', 'every committed event is on its stream');
  const bodies = new Map<string, string>();
  const missing = new Set<string>();
  for (const service of world.services)
    for await (const event of world.committed(service)) {
      bodies.set(event.id, digest(event.body));
      missing.add(event.id);
    }
  for (const stream of await world.streams())
    for await (const { id, body, seq } of world.sent(stream)) {
      missing.delete(id);
      const committed = bodies.get(id);
      if (committed)
        found.expect(committed === digest(body), () => `${stream} ${seq}: ${id} differs from what was committed`);
    }
  found.expect(
    missing.size === 0,
    () => `${missing.size} committed events are on no stream, for example ${[...missing].slice(0, 3).join(', ')}`,
  );
  return found.verdict();
};

/** I11: what was refused stands in quarantine with its bytes, and DEAD_LETTERS tells of each. */
export const nothingVanished = async (world: World): Promise<Verdict> => {
  const found = new Findings('I11', 'whatever was refused is kept with its reason');
  const told = new Set<string>();
  for await (const { body } of world.sent('DEAD_LETTERS'))
    told.add((JSON.parse(body) as { quarantineId: string }).quarantineId);
  for (const service of world.services)
    for await (const { id, reason, bytes, hash } of world.quarantined(service)) {
      found.expect(told.has(id) && reason !== '', () => `${service}: ${id} is in quarantine and nobody was told`);
      // An empty message has no bytes, and that is what it came with.
      const kept = hashOf('sha256', bytes, 'hex') === hash;
      found.expect(kept, () => `${service}: ${id} is in quarantine without the bytes it came with`);
    }
  return found.verdict();
};

/** I14: every message up to a lane's position, of those it hears, is in its inbox. */
export const everyMessageHandled = async (world: World): Promise<Verdict> => {
  const found = new Findings('I14', 'every message up to a position is handled');
  for (const service of world.services) {
    const handled = new Set<string>();
    for await (const cause of world.causes(service)) handled.add(cause);
    for await (const { decider, k, of, retired, positions } of world.lanes(service)) {
      // What it had done those have passed over who took its partitions.
      if (retired) continue;
      for (const [stream, { seq }] of Object.entries(positions)) {
        const subjects = await world.subjects(stream, `${service}-${decider}-${k}of${of}`);
        for await (const message of world.sent(stream, subjects)) {
          if (message.seq > seq || message.id === '') continue;
          found.expect(
            handled.has(`${decider}|${message.id}`),
            () => `${service}/${decider}: ${message.type} ${message.id} (${stream} ${message.seq}) was passed over`,
          );
        }
      }
    }
  }
  return found.verdict();
};

/** I15: each value of the availability bucket is the newest that was said. */
export const mirrorsAreNewest = async (world: World): Promise<Verdict> => {
  const found = new Findings('I15', 'KV values are the newest');
  const newest = new Map<string, { version: number; available: number }>();
  for await (const { tenant, body, entityVersion } of world.sent('INVENTORY', [
    'inventory.evt.availability-changed.v1.*',
  ])) {
    const { channel, item, available } = JSON.parse(body) as { channel: string; item: string; available: number };
    const key = mirrorKey(tenant, [channel, item]);
    if ((newest.get(key)?.version ?? -1) <= entityVersion) newest.set(key, { version: entityVersion, available });
  }
  if (newest.size === 0) return found.verdict();
  for (const [key, { version, available }] of newest) {
    const value = await world.mirrored<{ version: number; available: number }>(AVAILABILITY_BUCKET, key);
    found.expect(
      (value?.version ?? -1) >= version && value?.available === available,
      () => `${key}: bucket has ${JSON.stringify(value)}, newest said is ${available} at version ${version}`,
    );
  }
  return found.verdict();
};

/** I17: no timer that is due was left, nothing is parked for longer than its next try, no question is unanswered. */
export const nothingLeftDue = async (world: World, graceMs = 30_000): Promise<Verdict> => {
  const found = new Findings('I17', 'no due timer is left unfired');
  const before = new Date(world.now() - graceMs).toISOString();
  for (const service of world.services)
    for await (const { id, kind, at } of world.due(service))
      found.expect(at > before, () => `${service}: ${kind} ${id} was due at ${at}`);
  return found.verdict();
};
