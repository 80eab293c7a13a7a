import {
  cpuOfStat,
  rssOfStatus,
  secondsOfTime,
  usageOf,
  usageOfPs,
  UsageAccount,
  type Running,
  residentMbOf,
} from './usage.ts';

describe('what a process has used', () => {
  it('is read from /proc, whatever the process calls itself', () => {
    const stat = '4711 (node (a) b) S 1 4711 4711 0 -1 4194560 1 2 3 4 250 75 0 0 20 0 11 0 100 1 1';
    expect(cpuOfStat(stat)).toBe(3.25);
    expect(rssOfStatus('VmPeak:\t 2 kB\nVmHWM:\t  102400 kB\nVmRSS:\t 1 kB\n')).toBe(100);
  });

  it('is read from ps where there is no /proc', () => {
    expect(secondsOfTime('1-02:03:04')).toBe(93_784);
    expect(secondsOfTime('0:01.50')).toBe(1.5);
    expect(usageOfPs('  12  2048  0:02.00\n').get(12)).toEqual({ cpuSeconds: 2, maxRssMb: 2 });
  });

  it('is found for this very process and left out for one that has ended', async () => {
    const used = await usageOf([process.pid, 2 ** 22 + 1]);
    expect(used.size).toBe(1);
    expect(used.get(process.pid)?.maxRssMb).toBeGreaterThan(10);
  });

  it('is counted from the beginning of the day on, without what starting up took', async () => {
    const account = new UsageAccount(() => [{ name: 'a service', pid: process.ppid }]);
    await account.mark();
    expect(account.totals()[0]?.cpuSeconds).toBeLessThan(1);
    expect(account.totals()[0]?.maxRssMb).toBeGreaterThan(1);
  });

  it('is summed over the processes that a service had one after the other', async () => {
    let running: readonly Running[] = [{ name: 'a service', pid: process.pid }];
    const account = new UsageAccount(() => running);
    await account.look();
    const [first] = account.totals();
    running = [{ name: 'a service', pid: process.ppid }];
    await account.look();
    const [both, ...more] = account.totals();
    expect(more).toEqual([]);
    expect(both?.name).toBe('a service');
    expect(both?.cpuSeconds).toBeGreaterThanOrEqual(first?.cpuSeconds ?? 0);
    expect(both?.maxRssMb).toBeGreaterThanOrEqual(first?.maxRssMb ?? 0);
  });
});

describe('resident memory now', () => {
  it('is what a process holds at this moment; one that has ended is left out', async () => {
    const ended = 2 ** 30;
    const found = await residentMbOf([process.pid, ended]);
    expect([...found.keys()]).toEqual([process.pid]);
    const told = process.memoryUsage().rss / 1024 / 1024;
    expect(found.get(process.pid)).toBeGreaterThan(told / 2);
    expect(found.get(process.pid)).toBeLessThan(told * 2);
  });
});
