import { derivedId, type Input } from '@crossdock/kernel';
import {
  AskRunner,
  openLog,
  openMetrics,
  openTraces,
  type AskHandler,
  type AskRoad,
  type Clock,
  type PendingAsk,
  type Watch,
} from '../src/index.js';
import { eventually } from '@crossdock/testing';
import { PrintNote, printer as printerAsk } from './notes.js';
import { Printer } from './printer.js';

/** Real time, or as much faster as a test wants it. */
class TestClock implements Clock {
  private offset = 0;
  private readonly sleepers = new Set<{ at: number; wake: () => void }>();
  constructor(private readonly frozen = false) {}
  private readonly start = Date.now();
  now(): number {
    return (this.frozen ? this.start : Date.now()) + this.offset;
  }
  readonly steady = (): number => this.now();
  readonly breathe = (): Promise<void> => Promise.resolve();
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { at: this.now() + ms, wake: (): void => undefined };
      const timer = this.frozen ? undefined : setTimeout(() => sleeper.wake(), ms);
      sleeper.wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(sleeper);
        resolve();
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', () => sleeper.wake(), { once: true });
    });
  }
  pass(ms: number): void {
    this.offset += ms;
    for (const sleeper of [...this.sleepers]) if (sleeper.at <= this.now()) sleeper.wake();
  }
}

class NotedLane implements AskRoad {
  readonly answers: {
    readonly lane: string;
    readonly input: Input<{ outcome: string; text?: string }>;
    readonly closes: string | undefined;
  }[] = [];
  readonly nextTries: { readonly askId: string; readonly at: string }[] = [];
  answer(lane: string, input: Input, closes: string | undefined): Promise<boolean> {
    this.answers.push({ lane, input: input as never, closes });
    return Promise.resolve(true);
  }
  late(askId: string, at: string): Promise<void> {
    this.nextTries.push({ askId, at });
    return Promise.resolve();
  }
  get outcomes(): string[] {
    return this.answers.map(({ input }) => input.data.outcome);
  }
}

const watch: Watch = {
  log: openLog('test', 'silent'),
  metrics: openMetrics('test'),
  traces: openTraces({ service: 'test', ratio: 0 }),
};

describe('asking a printer outside', () => {
  let printer: Printer;
  let lane: NotedLane;
  let clock: TestClock;
  let runner: AskRunner;

  const open = (
    policy: Partial<AskHandler['policy']> = {},
    more: Partial<AskHandler> = {},
    time = new TestClock(),
  ): void => {
    clock = time;
    lane = new NotedLane();
    const handler: AskHandler = {
      ...printerAsk,
      ...more,
      policy: { ...printerAsk.policy, unansweredAfterMs: 60_000, ...policy },
    };
    runner = new AskRunner({
      handlers: [handler],
      settings: { printerUrl: printer.url },
      service: 'test',
      road: () => lane,
      clock,
      watch,
    });
  };
  const pending = (name: string, more: Partial<PendingAsk> = {}): PendingAsk => {
    const id = derivedId('question', name);
    const input: Input = {
      id,
      type: PrintNote.type,
      version: 1,
      tenant: 'acme',
      key: name,
      data: { name, pages: 200 },
      at: '2026-03-02T09:00:00.000Z',
      actor: { kind: 'user', id: 'ann' },
      correlationId: `correlation-${name}`,
      batchId: 'batch-1',
      entityVersion: 0,
    };
    return {
      askId: `notes|${id}`,
      lane: 'notes:0of1',
      fresh: true,
      firstAskedAt: new Date(clock.now()).toISOString(),
      input,
      ...more,
    };
  };
  const answered = (count = 1) => eventually(`${count} answers`, () => lane.answers.length >= count);

  beforeEach(async () => {
    printer = await Printer.start();
    open();
  });
  afterEach(async () => {
    runner.stop();
    await printer.stop();
  });

  it('brings the answer back as an input of the lane that asked, which ends the question', async () => {
    const question = pending('a');
    runner.open(question);
    await answered();
    expect(lane.answers[0]).toMatchObject({
      lane: 'notes:0of1',
      closes: question.askId,
      input: {
        id: derivedId(question.input.id, 'answer'),
        type: 'orders.cmd.test-printer-answer',
        tenant: 'acme',
        data: { name: 'a', outcome: 'done' },
        actor: { kind: 'system', id: 'printer' },
        correlationId: 'correlation-a',
        causationId: question.input.id,
        batchId: 'batch-1',
      },
    });
    expect(printer.calls).toEqual([
      { method: 'POST', path: '/jobs', key: question.input.id, correlationId: 'correlation-a' },
    ]);
  });

  it('asks once what the road opens again and again', async () => {
    for (let n = 0; n < 5; n++) runner.open(pending('a'));
    await answered();
    expect(printer.posts).toBe(1);
  });

  it.each(['hangs', 'breaks', 'drops', 'garbles'] as const)(
    'asks again under the same key when the printer %s',
    async (behaviour) => {
      printer.next = [behaviour];
      runner.open(pending('a'));
      await answered();
      expect(lane.outcomes).toEqual(['done']);
      expect(printer.printed).toEqual(['a']);
      expect(new Set(printer.calls.filter(({ method }) => method === 'POST').map(({ key }) => key)).size).toBe(1);
      expect(printer.calls.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
      expect(lane.nextTries[0]?.askId).toBe(pending('a').askId);
    },
  );

  it('finds what was done although no answer came, and does not have it done twice', async () => {
    printer.next = ['prints-and-hangs'];
    runner.open(pending('a'));
    await answered();
    expect(lane.answers[0]?.input.data).toEqual({ name: 'a', outcome: 'done' });
    expect(printer.printed).toEqual(['a']);
  });

  it('looks first after a restart: the process before may have asked', async () => {
    printer.printed.push('a');
    runner.open(pending('a', { fresh: false }));
    await answered();
    expect(printer.posts).toBe(0);
    runner.open(pending('b', { fresh: false }));
    await answered(2);
    expect(printer.calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  it('waits as long as a busy printer wants', async () => {
    open({}, {}, new TestClock(true));
    printer.next = ['busy'];
    runner.open(pending('a'));
    await eventually('a wait', () => lane.nextTries.length === 1);
    expect(Date.parse(lane.nextTries[0]?.at ?? '') - clock.now()).toBe(1_000);
    clock.pass(999);
    expect(printer.posts).toBe(1);
    clock.pass(1);
    await answered();
  });

  it('takes a refusal as an answer: it is not asked again, and others are not held back', async () => {
    printer.next = Array.from({ length: 8 }, () => 'refuses' as const);
    for (let n = 0; n < 8; n++) runner.open(pending(`r${n}`));
    await answered(8);
    runner.open(pending('good'));
    await answered(9);
    expect(lane.outcomes).toEqual([...Array.from({ length: 8 }, () => 'refused'), 'done']);
    expect(lane.answers[0]?.input.data.text).toBe('no such paper');
  });

  it('is a queue and not a failure while the printer is down for ten minutes', async () => {
    open({ unansweredAfterMs: 120_000, concurrency: 2, backoffMs: [500, 30_000] }, {}, new TestClock(true));
    const { port } = printer;
    await printer.stop();
    const names = Array.from({ length: 20 }, (_, n) => `n${n}`);
    for (const name of names) runner.open(pending(name));
    for (let second = 0; second < 600; second += 5) {
      clock.pass(5_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually('every one told', () => lane.outcomes.length === 20);
    expect(new Set(lane.outcomes)).toEqual(new Set(['unanswered']));
    expect(lane.answers.every(({ closes }) => closes === undefined)).toBe(true);
    expect(runner.waiting).toBe(20);
    printer = await Printer.start(port);
    await eventually('all printed', () => {
      clock.pass(30_000);
      return printer.printed.length >= 20;
    });
    await answered(40);
    expect([...printer.printed].sort()).toEqual([...names].sort());
    expect(lane.outcomes.filter((outcome) => outcome === 'done')).toHaveLength(20);
    expect(runner.waiting).toBe(0);
  });

  it('leaves a printer that fails alone for a while', async () => {
    open({ concurrency: 1, backoffMs: [10, 20] });
    printer.after = 'breaks';
    for (let n = 0; n < 50; n++) runner.open(pending(`b${n}`));
    await eventually('an open breaker', async () =>
      (await watch.metrics.text()).includes('crossdock_ask_breaker_open{system="printer",service="test"} 1'),
    );
    const before = printer.calls.length;
    expect(before).toBeLessThan(20);
    printer.after = 'prints';
    await answered(50);
    expect(new Set(printer.printed).size).toBe(50);
    expect(printer.printed).toHaveLength(50);
  });

  it('keeps to the number of calls at once and to the rate', async () => {
    open({ concurrency: 3, perSecond: 100 });
    printer.after = 'slow';
    const began = Date.now();
    for (let n = 0; n < 30; n++) runner.open(pending(`p${n}`));
    await answered(30);
    expect(printer.atOnceMost).toBeLessThanOrEqual(3);
    // 30 calls, of which a burst of a tenth of a second is free
    expect(Date.now() - began).toBeGreaterThanOrEqual(180);
  });

  it('gives up what it asks for a lane that another process has taken', async () => {
    printer.after = 'hangs';
    runner.open(pending('a'));
    await eventually('a call', () => printer.posts === 1);
    runner.closeLane('notes:0of1');
    expect(runner.waiting).toBe(0);
    printer.after = 'prints';
    runner.open(pending('a', { fresh: false }));
    await answered();
    expect(lane.outcomes).toEqual(['done']);
  });

  it('asks on when its own words fail, and says so', async () => {
    let broken = true;
    open(
      { backoffMs: [10, 20] },
      {
        answer: (question, outcome) => {
          if (broken) throw new Error('a bug');
          return printerAsk.answer(question, outcome);
        },
      },
    );
    runner.open(pending('a'));
    await eventually('a call', () => printer.posts === 1);
    broken = false;
    await answered();
    expect(lane.outcomes).toEqual(['done']);
  });
});
