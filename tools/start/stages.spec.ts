import { plainScreen } from './screen.ts';
import { plainLine, Rates, stageLines, type ProgressView } from './stages.ts';
import { aStanding, upTo } from './standing.builders.ts';

const rates = new Rates().next(upTo('closed', 0), 0);
const view = (given: Partial<ProgressView> = {}): ProgressView => ({
  standing: aStanding({ progress: upTo('shipped', 5) }),
  elapsedMs: 12_000,
  backlog: 1_204,
  rates,
  ...given,
});

describe('progress for a person', () => {
  it('has a line for each stage with how far it is', () => {
    const lines = stageLines(view());
    expect(lines.slice(0, 8).map((line) => line.split(/\s+/)[0])).toEqual(
      'accepted reserved released shipped delivered invoiced posted closed'.split(' '),
    );
    expect(lines[3]).toBe('shipped    ############............  5 of 10');
    expect(lines[4]).toBe('delivered  ........................  0 of 10');
  });

  it('says below what is open: backlog, exceptions by reason, and who is coming back', () => {
    const standing = aStanding({ exceptions: { 'document-changed': 2, 'erp-unanswered': 1 } });
    expect(stageLines(view({ standing, note: 'mongod was killed and comes back' })).at(-1)).toBe(
      '12 s | 10 orders, 2 returns, 1 adjustments, 1 parked | backlog 1,204 messages, exceptions 3 ' +
        '(document-changed 2, erp-unanswered 1) | mongod was killed and comes back',
    );
  });

  it('says how many reach a stage a second, lately', () => {
    const lately = new Rates();
    lately.next(upTo('closed', 0), 0);
    lately.next(upTo('closed', 100), 10_000);
    expect(lately.next(upTo('closed', 130), 15_000).closed).toBe(6);
  });

  it('is one plain line without a terminal, not more often than every few seconds, and the last one always', () => {
    let now = 0;
    let written = '';
    const screen = plainScreen({ write: (text) => (written += text) }, () => now);
    const at = (ms: number, closed: number) => {
      now = ms;
      screen.progress(view({ standing: aStanding({ progress: upTo('closed', closed) }), elapsedMs: ms }));
    };
    at(0, 1);
    at(1_000, 2);
    at(3_000, 3);
    at(4_000, 4);
    screen.done();
    expect(written.trimEnd().split('\n')).toHaveLength(3);
    expect(written).toContain('closed 4');
    expect(plainLine(view())).toMatch(/^accepted 5 {2}reserved 5 {2}released 5 {2}shipped 5 {2}delivered 0/);
  });
});
