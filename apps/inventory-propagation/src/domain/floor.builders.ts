/**
 * A warehouse floor for properties: feeds inputs to the stock decider as the road does (what waits is tried again when
 * something has changed, what the lane says to itself comes back) and keeps everything that was said.
 */
import {
  apply,
  type Contract,
  derivedId,
  outputsOf,
  refKey,
  ruleFor,
  type Decider,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  FreeClaims,
  ReviewStock,
  StockAllocated,
  StockHoldExpired,
  StockHoldFreed,
  StockHoldRestored,
  StockReserved,
  type AllocatedLine,
  type MovementLine,
  type ReservedLine,
} from '@crossdock/contracts';
import { claimsOf, freeOf, type Position } from './position.js';
import type { Movement } from './movement.js';
import { stock } from './decide.js';
import { message } from './stock.builders.js';

interface Said {
  readonly type: string;
  readonly data: {
    readonly orderId?: string;
    readonly lines?: readonly { lineNo: number; item: string; quantity?: number }[];
  };
}
const TO_ITSELF: readonly Contract<never>[] = [FreeClaims, ReviewStock];

export class Floor {
  readonly states = new Map<string, unknown>();
  readonly said: Said[] = [];
  private parked: Input[] = [];

  feed(...inputs: readonly Input<unknown>[]): this {
    for (const next of inputs) {
      this.decide(next as Input);
      this.again();
    }
    return this;
  }
  get waiting(): number {
    return this.parked.length;
  }
  positions(): Position[] {
    return this.of<Position>('position');
  }
  movements(): Movement[] {
    return this.of<Movement>('movement');
  }

  private of<S>(kind: string): S[] {
    return [...this.states].filter(([key]) => key.startsWith(`${kind}/`)).map(([, state]) => state as S);
  }
  private load(on: Ref): unknown {
    return this.states.get(refKey(on));
  }
  private again(): void {
    for (let left = -1; left !== this.parked.length;) {
      left = this.parked.length;
      const tried = this.parked;
      this.parked = [];
      for (const waiting of tried) this.decide(waiting);
    }
  }
  private decide(input: Input): void {
    const rule = ruleFor(stock as unknown as Decider, input);
    if (!rule) throw new Error(`no rule for ${input.type}`);
    const { decision, changed } = apply(stock as unknown as Decider, rule, input, (on) => this.load(on));
    if (decision.kind === 'defer') this.parked.push(input);
    for (const [key, state] of changed) this.states.set(key, state);
    for (const output of outputsOf(decision)) this.keep(output, input);
  }
  private keep(output: Output, cause: Input): void {
    if (!('say' in output)) return;
    this.said.push({ type: output.say.type, data: output.data as Said['data'] });
    const own = TO_ITSELF.find(({ type }) => type === output.say.type);
    if (own)
      this.decide({ ...message(own, output.data as never), at: cause.at, id: derivedId(cause.id, own.type) } as Input);
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** What the books must hold at any moment; sentences about what they do not. */
export const faultsOf = (floor: Floor): string[] =>
  floor.positions().flatMap((position) => {
    const { item, node, sellable, soft, allocated, unfound, backordered } = position;
    const lines = floor
      .movements()
      .flatMap((movement): MovementLine[] =>
        movement.status === 'recorded' && movement.node === node ? [...movement.lines] : [],
      )
      .filter((line) => line.item === item);
    const claims = claimsOf(position).flatMap((claim) => claim.lines);
    const faults: string[] = [];
    const expect = (holds: boolean, sentence: string): void => void (holds || faults.push(`${item}: ${sentence}`));
    for (const bucket of ['sellable', 'picked', 'quarantine', 'inTransit'] as const) {
      expect(position[bucket] >= 0, `${bucket} is ${position[bucket]}`);
      const moved = total(lines.map((line) => line[bucket]));
      expect(position[bucket] === moved, `${bucket} is ${position[bucket]}, movements say ${moved}`);
    }
    expect(Math.min(soft, allocated, unfound, backordered) >= 0, 'a claim is below zero');
    expect(soft + allocated + unfound <= sellable, `${soft} + ${allocated} + ${unfound} claimed of ${sellable}`);
    expect(soft === total(claims.map((line) => line.soft)), 'soft is not the sum of claims');
    expect(allocated === total(claims.map((line) => line.hard)), 'allocated is not the sum of claims');
    expect(backordered === total(claims.map((line) => line.waiting)), 'backordered is not the sum of claims');
    expect(backordered === 0 || freeOf(position) === 0, `${backordered} wait while ${freeOf(position)} are free`);
    const { consigned, vendorManaged } = position;
    expect(
      Math.min(consigned, vendorManaged) >= 0 && consigned + vendorManaged <= sellable,
      'owners hold more than there is',
    );
    return faults;
  });

/** What an order holds, softly and hard, by what it was told: `<order>/<line>` to units. */
export const toldHeld = (floor: Floor): Map<string, number> => {
  const held = new Map<string, number>();
  const add = (orderId: string, lineNo: number, units: number): void => {
    const key = `${orderId}/${lineNo}`;
    held.set(key, (held.get(key) ?? 0) + units);
  };
  for (const { type, data } of floor.said) {
    for (const line of data.lines ?? []) {
      const { lineNo, quantity = 0 } = line;
      const order = data.orderId ?? '';
      if (type === StockReserved.type) add(order, lineNo, (line as unknown as ReservedLine).reserved);
      if (type === StockHoldExpired.type || type === StockHoldFreed.type) add(order, lineNo, -quantity);
      if (type === StockHoldRestored.type) add(order, lineNo, quantity);
    }
  }
  return held;
};
/** Units that allocations could not give, by what was told. */
export const toldMissing = (floor: Floor): number =>
  total(
    floor.said
      .filter(({ type }) => type === StockAllocated.type)
      .flatMap(({ data }) => (data.lines as unknown as readonly AllocatedLine[]).map(({ missing }) => missing)),
  );

/** The books without what depends on the order of arrival alone: times and the order of rows. */
export const digestOf = (floor: Floor): unknown =>
  floor
    .positions()
    .map(({ asOf: _, claims, recent, ...rest }) => {
      const rows = claimsOf({ ...rest, asOf: '', claims, recent }).map(({ orderId, lines }) => ({ orderId, lines }));
      return {
        ...rest,
        recent: recent.split('\n').sort(),
        claims: rows.sort((a, b) => (a.orderId < b.orderId ? -1 : 1)),
      };
    })
    .sort((a, b) => (a.item < b.item ? -1 : 1));
