/** A breaking change of a message: who hears the old version and who hears the new one both survive it. */
import fc from 'fast-check';
import {
  accept,
  apply,
  change,
  defineDecider,
  ignore,
  kind,
  ref,
  rule,
  ruleFor,
  type Decider,
} from '@crossdock/kernel';
import {
  NodeChanged,
  nodeChangedV1Of,
  NodeChangedV2,
  type Message,
  type NodeChangedData,
  type NodeChangedV2Data,
} from '@crossdock/contracts';
import { declaredConsumers, developmentOptions } from '../src/provision/provision.js';
import { headersOf, subjectOf, type StoredEvent } from '../src/road/envelope.js';
import type { Delivery } from '../src/road/ports.js';
import { isForNewer, workFrom } from '../src/road/work.js';
import { defineService } from '../src/service.js';

interface Known {
  readonly country: string;
  readonly version: number;
}
const node = kind<Known, { readonly type: 'learned' } & Known>({
  initial: () => ({ country: '', version: 0 }),
  evolve: (_state, { country, version }) => ({ country, version }),
});
const learn = (id: string, known: Known, before: Known) =>
  known.version <= before.version
    ? ignore('old-version')
    : accept(change(ref('node', id), { type: 'learned', ...known }));

const hearsOld = defineDecider({
  name: 'old',
  kinds: { node },
  rules: [
    rule<NodeChangedData, { node: typeof node }>(
      NodeChanged,
      ({ data }) => [ref('node', data.node)],
      ({ data }, touched) =>
        learn(data.node, { country: data.country, version: data.version }, touched.node(data.node)),
    ),
  ],
});
const hearsNew = defineDecider({
  name: 'new',
  kinds: { node },
  rules: [
    rule<NodeChangedV2Data, { node: typeof node }>(
      NodeChangedV2,
      ({ data }) => [ref('node', data.node)],
      ({ data }, touched) =>
        learn(data.node, { country: data.address.country, version: data.version }, touched.node(data.node)),
    ),
  ],
});

const said = <D>(contract: Message<D>, data: D, seq: number): Delivery => {
  const event: StoredEvent = {
    id: `${contract.version}-${seq}`,
    type: contract.type,
    version: contract.version,
    source: 'sandbox',
    stream: contract.stream,
    tenant: 'acme',
    key: contract.key(data),
    lane: contract.lane(data),
    entityVersion: seq,
    at: '2026-11-21T09:00:00.000Z',
    actor: 'system:erp',
    correlationId: 'correlation-1',
    causationId: 'cause-1',
    body: JSON.stringify(data),
  };
  return {
    stream: event.stream,
    seq,
    deliverySeq: seq,
    deliveries: 1,
    storedMs: seq,
    subject: subjectOf(event),
    headers: headersOf(event),
    body: Buffer.from(event.body),
    ack: () => undefined,
  };
};

/** What the broker lets through to the durable that the decider's service declares. */
const reaches = (decider: Decider, { subject }: Delivery): boolean => {
  const service = defineService({
    name: 'listener',
    domain: 'orders',
    about: 'Listens.',
    decides: [decider],
    says: [],
    asks: [],
    opens: [],
  });
  const subjects = declaredConsumers(service, developmentOptions).flatMap(
    ({ consumer }) => consumer.filter_subjects ?? [],
  );
  return subjects.some((filter) => subject.startsWith(filter.replace('*', '')));
};

/** The last state of the node at a listener, after all deliveries that reach it. */
const after = (decider: Decider, deliveries: readonly Delivery[]): unknown => {
  let state: unknown;
  for (const delivery of deliveries) {
    if (!reaches(decider, delivery)) continue;
    const work = workFrom(decider, delivery);
    expect(work.unreadable).toBeUndefined();
    const heardBy = ruleFor(decider, work.input);
    expect(heardBy).toBeDefined();
    state = apply(decider, heardBy!, work.input, () => state).changed.get('node/UK-1') ?? state;
  }
  return state;
};

const version1 = (version: number, country: string): NodeChangedData => ({
  node: 'UK-1',
  name: 'Daventry',
  entity: 'CD-UK',
  country,
  status: 'active',
  version,
});
const version2 = (version: number, country: string): NodeChangedV2Data => ({
  node: 'UK-1',
  name: 'Daventry',
  entity: 'CD-UK',
  address: { city: 'Daventry', country },
  timeZone: 'Europe/London',
  status: 'active',
  version,
});
const old = hearsOld as unknown as Decider;
const newer = hearsNew as unknown as Decider;

describe('a message with a second version', () => {
  it('reaches who hears the new version from the time when only the old one was said', () => {
    const history = [said(NodeChanged, version1(1, 'FR'), 1), said(NodeChanged, version1(2, 'GB'), 2)];
    expect(after(newer, history)).toEqual({ country: 'GB', version: 2 });
    expect(after(old, history)).toEqual({ country: 'GB', version: 2 });
  });

  it('never reaches who hears the old version in the new form', () => {
    expect(reaches(old, said(NodeChangedV2, version2(3, 'GB'), 3))).toBe(false);
  });

  it('is for a newer version where that one had it delivered; under a subject that is not its own it is not', () => {
    const newer = said(NodeChangedV2, version2(3, 'GB'), 3);
    expect(isForNewer(old, workFrom(old, newer))).toBe(true);
    expect(isForNewer(hearsNew as unknown as Decider, workFrom(old, newer))).toBe(false);
    const forged = { ...newer, subject: said(NodeChanged, version1(3, 'GB'), 3).subject };
    expect(isForNewer(old, workFrom(old, forged))).toBe(false);
  });

  it('leaves both listeners with the same knowledge while both are said, whatever the order and the repeats', () => {
    const changes = fc.array(fc.constantFrom('GB', 'FR', 'DE'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(changes, fc.array(fc.nat(), { maxLength: 30 }), (countries, shuffle) => {
        const both = countries.flatMap((country, index) => {
          const newest = version2(index + 1, country);
          return [
            said(NodeChangedV2, newest, 2 * index + 1),
            said(NodeChanged, nodeChangedV1Of(newest), 2 * index + 2),
          ];
        });
        const order = [...shuffle.map((at) => both[at % both.length] as Delivery), ...both];
        const expected = { country: countries.at(-1), version: countries.length };
        expect(after(old, order)).toEqual(expected);
        expect(after(newer, order)).toEqual(expected);
      }),
    );
  });
});
