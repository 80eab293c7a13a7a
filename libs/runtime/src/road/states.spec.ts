import { accept, defineDecider, kind, ref, rule, type Input, type Kind } from '@crossdock/kernel';
import type { LaneContext } from './lane-context.js';
import { stateKey, type StateDocument } from './ports.js';
import { LaneStates } from './states.js';

const any: Kind<number, never> = kind<number, never>({ initial: () => 0, evolve: (state) => state });
const decider = defineDecider({
  name: 'parcels',
  kinds: { parcel: any },
  reads: { carrier: any },
  rules: [
    rule(
      { type: 'orders.evt.step', version: 1, key: () => 'P', lane: () => 'P' },
      ({ data }: Input<readonly string[]>) => data.flatMap((id) => [ref('parcel', id), ref('carrier', id)]),
      () => accept(),
    ),
  ],
});
const document = (kindName: string, id: string, v = 1): StateDocument => ({
  kind: kindName,
  id: `acme|${id}`,
  v,
  e: 0,
  by: 'lane:1',
  t: '2026-03-02T09:00:00.000Z',
  s: v,
});
const step = (...ids: readonly string[]): Input =>
  ({ type: 'orders.evt.step', version: 1, tenant: 'acme', data: ids }) as unknown as Input;

const world = (...stored: readonly StateDocument[]) => {
  const loaded: string[] = [];
  const store = {
    load: (kindName: string, ids: readonly string[]) => {
      loaded.push(...ids.map((id) => `${kindName} ${id}`));
      return Promise.resolve(stored.filter((state) => state.kind === kindName && ids.includes(state.id)));
    },
  };
  const states = new LaneStates({ decider, store } as unknown as LaneContext);
  const touch = async (...ids: readonly string[]) => {
    loaded.length = 0;
    const found = await states.touchedBy([step(...ids)]);
    return { found: [...found.values()].map(({ kind: of, id, v }) => `${of} ${id} ${v}`), loaded: [...loaded] };
  };
  return { states, touch };
};

describe('states of a lane', () => {
  it('are loaded once; those of other deciders each time', async () => {
    const { touch } = world(document('parcel', 'P1'), document('carrier', 'P1'));
    expect(await touch('P1')).toEqual({
      found: expect.arrayContaining(['parcel acme|P1 1', 'carrier acme|P1 1']),
      loaded: ['parcel acme|P1', 'carrier acme|P1'],
    });
    expect((await touch('P1')).loaded).toEqual(['carrier acme|P1']);
  });

  it('are known to be missing, until they are written', async () => {
    const { states, touch } = world();
    expect(await touch('P1')).toMatchObject({ found: [], loaded: ['parcel acme|P1', 'carrier acme|P1'] });
    expect((await touch('P1')).loaded).toEqual(['carrier acme|P1']);
    expect(states.peek(stateKey('parcel', 'acme|P1'))).toBeUndefined();
    states.put([document('parcel', 'P1', 1)]);
    expect((await touch('P1')).found).toEqual(['parcel acme|P1 1']);
  });

  it('are all read anew after an error', async () => {
    const { states, touch } = world(document('parcel', 'P1'));
    await touch('P1', 'P2');
    states.clear();
    expect((await touch('P1', 'P2')).loaded).toEqual(expect.arrayContaining(['parcel acme|P1', 'parcel acme|P2']));
  });

  it('are all found, however many more than are kept', async () => {
    const many = Array.from({ length: 4_100 }, (_, place) => `P${place}`);
    const { touch } = world(...many.map((id) => document('parcel', id)));
    for (let time = 0; time < 2; time++) expect((await touch(...many)).found).toHaveLength(4_100);
    // The ones used last are kept.
    expect((await touch('P4099')).loaded).toEqual(['carrier acme|P4099']);
  });
});
