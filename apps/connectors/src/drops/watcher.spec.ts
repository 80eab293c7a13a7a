import { Readable } from 'node:stream';
import type { Drop, Lying } from './drop.js';
import { Watcher } from './watcher.js';

/** A place in memory whose files grow and whose clock is a number. */
class Place implements Drop {
  readonly files = new Map<string, Lying>();
  readonly moved: string[] = [];
  closed = 0;
  away = false;
  put(name: string, bytes: number, modified = bytes): void {
    this.files.set(name, { name, bytes, modified });
  }
  list(): Promise<readonly Lying[]> {
    return this.away ? Promise.reject(new Error('away')) : Promise.resolve([...this.files.values()]);
  }
  open(): Promise<Readable> {
    return Promise.resolve(Readable.from([]));
  }
  move(name: string, into: string, as: string): Promise<void> {
    this.files.delete(name);
    this.moved.push(`${into}/${as}`);
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

describe('a watched place', () => {
  let place: Place;
  let now: number;
  let taken: string[];
  let refusal: string | undefined;
  let fails: boolean;
  const troubles: string[] = [];
  let watcher: Watcher;
  const lookAfter = (ms: number): Promise<number> => {
    now += ms;
    return watcher.look();
  };
  beforeEach(() => {
    [place, now, taken, refusal, fails] = [new Place(), 0, [], undefined, false];
    troubles.length = 0;
    watcher = new Watcher({
      name: 'folder:acme',
      open: () => Promise.resolve(place),
      take: (_drop, { name }) => {
        if (fails) return Promise.reject(new Error('no owner'));
        taken.push(name);
        return Promise.resolve(refusal ? { refused: refusal } : { hash: 'abcdef0123456789' });
      },
      trouble: (what) => troubles.push(what),
      settleMs: 1_000,
      now: () => now,
    });
  });

  it('gives a file away once it has lain unchanged, and puts it out of the way', async () => {
    place.put('po.edi', 10);
    expect(await lookAfter(0)).toBe(0);
    expect(await lookAfter(999)).toBe(0);
    expect(await lookAfter(1)).toBe(1);
    expect(place.moved).toEqual(['archive/abcdef012345-po.edi']);
    expect(await lookAfter(5_000)).toBe(0);
  });

  it('leaves one alone that grows, or whose name says that it is being written', async () => {
    place.put('po.edi', 10);
    for (const name of ['.po', 'po.part', 'po.edi.tmp', 'PO.FILEPART']) place.put(name, 10);
    await lookAfter(0);
    place.put('po.edi', 20);
    expect(await lookAfter(1_000)).toBe(0);
    expect(await lookAfter(1_000)).toBe(1);
    expect(await lookAfter(60_000)).toBe(0);
    expect(taken).toEqual(['po.edi']);
  });

  it('gives files away in the order they were written', async () => {
    place.put('b', 1, 20);
    place.put('a', 1, 30);
    place.put('c', 1, 10);
    await lookAfter(0);
    await lookAfter(1_000);
    expect(taken).toEqual(['c', 'b', 'a']);
  });

  it('tries again what could not be taken, and puts aside what never will be', async () => {
    place.put('po.edi', 10);
    fails = true;
    await lookAfter(0);
    expect(await lookAfter(1_000)).toBe(0);
    expect(troubles).toEqual(['folder:acme: po.edi could not be taken']);
    fails = false;
    refusal = 'it is empty';
    expect(await lookAfter(0)).toBe(1);
    expect(place.moved[0]).toMatch(/^refused\/.*-po\.edi$/);
  });

  it('opens a place again that was away', async () => {
    place.away = true;
    expect(await lookAfter(0)).toBe(0);
    expect(place.closed).toBe(1);
    place.away = false;
    place.put('po.edi', 10);
    await lookAfter(0);
    expect(await lookAfter(1_000)).toBe(1);
  });
});
