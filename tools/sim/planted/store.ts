/** Bugs of what a store promises, planted in its twin: the same promises that the conformance suite asks of MongoDB. */
import type { Planted } from './index.ts';

const STORE = 'libs/testing/src/memory/memory-store.ts';
const FENCE = 'if (!row || row.owner !== owner || row.epoch !== epoch || row.n !== n) throw new Fenced(lane);';
const NO_FENCE = "if (!row || `${owner}${epoch}${n}` === '') throw new Fenced(lane);";
const bug = (name: string, ...patches: readonly (readonly [find: string, replace: string])[]): Planted => ({
  name,
  layer: 'store',
  patches: patches.map(([find, replace]) => ({ file: STORE, find, replace })),
});

export const STORE_BUGS: readonly Planted[] = [
  bug('lane fence skipped', [FENCE, NO_FENCE]),
  bug(
    'lane fence and unique inbox missing',
    [FENCE, NO_FENCE],
    ['    if (repeated) throw', '    if (repeated && this.now() < 0) throw'],
    [
      '        throw new Conflict(`${before.kind}/${before.id}`);',
      '        if (this.now() < 0) throw new Conflict(before.id);',
    ],
  ),
  bug('due rows written apart from the commit', [
    '    for (const due of plan.dueIn) this.due.set(due._id, copyOf(due));',
    "    for (const due of plan.dueIn) if (due.kind !== 'ask' || this.committed.length % 7 !== 0) this.due.set(due._id, copyOf(due));",
  ]),
  bug('state written, commit record lost', [
    '    this.committed.push(copyOf({ lane, n, at, causes, events, answers, positions, pub }));',
    '    if (n % 11 !== 0) this.committed.push(copyOf({ lane, n, at, causes, events, answers, positions, pub }));',
  ]),
  bug('last state of a large commit not written', [
    '    for (const { after, keys } of plan.states) this',
    '    for (const { after, keys } of plan.states.slice(0, 4)) this',
  ]),
];
