import { Settling, type Look } from './settled.ts';
import { aStanding, upTo } from './standing.builders.ts';

const REST = { backlog: 0, asks: 0, parked: 0 };
const look = (given: Partial<Look> = {}): Look => ({ standing: aStanding(), underWay: REST, handedIn: true, ...given });
const waiting = aStanding({ orders: { closed: 9, backordered: 1 }, progress: upTo('accepted', 10) });
const settling = () => new Settling({ explainedMs: 5_000, unexplainedMs: 60_000 });

describe('the end of a day', () => {
  it('is there when every order is closed and two looks in a row agree', () => {
    const day = settling();
    expect(day.next(look(), 0).kind).toBe('running');
    expect(day.next(look(), 500).kind).toBe('drained');
  });

  it.each([
    ['a document is still to be handed in', look({ handedIn: false })],
    ['a message is undecided', look({ underWay: { ...REST, backlog: 1 } })],
    ['the ERP has not answered', look({ underWay: { ...REST, asks: 1 } })],
    ['a message waits for another', look({ underWay: { ...REST, parked: 1 } })],
    ['a credit memo is not posted', look({ standing: aStanding({ returnsPosted: 1 }) })],
  ])('is not there while %s', (_, open) => {
    const day = settling();
    day.next(open, 0);
    expect(day.next(open, 30_000).kind).toBe('running');
  });

  it('may leave backorders with a reason, once nothing moves any more', () => {
    const day = settling();
    const explained = look({ standing: waiting, unexplained: [] });
    day.next(explained, 0);
    expect(day.next(explained, 4_000).kind).toBe('running');
    expect(day.next(explained, 5_000).kind).toBe('drained');
  });

  it('is not there for an order that nothing explains: after a minute without any movement it is stuck', () => {
    const day = settling();
    const silent = look({ standing: waiting, unexplained: ['536365 (backordered)'] });
    day.next(silent, 0);
    expect(day.next(silent, 59_000).kind).toBe('running');
    expect(day.next(silent, 60_000)).toEqual({
      kind: 'stuck',
      why: ['1 order is backordered', 'without an explanation: 536365 (backordered)'],
    });
  });

  it('is waited for as long as anything moves', () => {
    const day = settling();
    for (let minute = 0; minute < 10; minute++) {
      const moving = look({ standing: aStanding({ orders: { released: 10 - minute, closed: minute } }) });
      expect(day.next({ ...moving, unexplained: ['x'] }, minute * 59_000).kind).toBe('running');
    }
  });

  it('is waited for anew after a kill', () => {
    const day = settling();
    const silent = look({ standing: waiting, unexplained: ['536365 (backordered)'] });
    day.next(silent, 0);
    day.stir(50_000);
    expect(day.next(silent, 100_000).kind).toBe('running');
  });
});
