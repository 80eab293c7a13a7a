/** Nothing that a check or a test does can keep `npm test` from ending, nor outlive it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { isAlive } from '../stack/process.ts';
import { tool } from './checks.ts';
import { runCommand, type Ran } from './command.ts';
import { runSuite, type Suite, type SuiteRun } from './suites.ts';
import type { Tally } from './tally.ts';

const HUGE_MS = 600_000;
/** A process of its own session that holds the output it was given, says its id and stays. */
const FORGOTTEN = `
  import { spawn } from 'node:child_process';
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, ${HUGE_MS})'], { detached: true, stdio: 'inherit' });
  left.unref();
  console.log('forgotten ' + left.pid);
`;
const forgotten = (said: string): number => Number(/forgotten (\d+)/.exec(said)?.[1]);

describe('a command of npm test', () => {
  const run = async (script: string, deadlineMs: number): Promise<Ran & { said: string }> => {
    let said = '';
    const args = ['--input-type=module', '-e', script];
    const onOutput = (text: Buffer): void => void (said += text.toString());
    return { ...(await runCommand({ command: process.execPath, args, deadlineMs, onOutput })), said };
  };

  it('that hangs is killed at its deadline with all that it started', async () => {
    const ran = await run(`${FORGOTTEN} setInterval(() => {}, ${HUGE_MS});`, 2_000);
    expect(ran.ending).toBe('late');
    expect(ran.left.map(({ pid }) => pid)).toEqual([forgotten(ran.said)]);
    expect(isAlive(forgotten(ran.said))).toBe(false);
  });

  it('that ends and leaves a process behind leaves nothing behind', async () => {
    const ran = await run(FORGOTTEN, HUGE_MS);
    expect(ran).toMatchObject({ ending: 'ended', exitCode: 0, left: [{ pid: forgotten(ran.said) }] });
    expect(isAlive(forgotten(ran.said))).toBe(false);
  });

  it('never holds the output of whoever reads npm test', async () => {
    const command = pathToFileURL(join(import.meta.dirname, 'command.ts')).href;
    const plan = `{ command: process.execPath, args: ['--input-type=module', '-e', ${JSON.stringify(FORGOTTEN)}], deadlineMs: ${HUGE_MS} }`;
    const script = `import { runCommand } from '${command}'; await runCommand(${plan}); process.exit(0);`;
    // execa answers when both pipes are at their end, not when the process is.
    const ended = await execa(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 30_000,
      reject: false,
      env: { NODE_OPTIONS: '' },
    });
    expect(ended).toMatchObject({ exitCode: 0, timedOut: false });
  });

  it('is a failed check when it does not end, with its name', async () => {
    const said = await tool('node', ['-e', `console.log('so far'); setInterval(() => {}, ${HUGE_MS})`], 1_000);
    expect(said).toMatch(/^so far\ndid not end within 1 s and was killed: node -e/);
  });
});

describe('a suite of npm test', () => {
  let dir: string;
  beforeAll(async () => (dir = await mkdtemp(join(tmpdir(), 'crossdock-suite-'))));
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const suite: Suite = { name: 'unit', needsServers: false, workers: 2, minutes: 5, mustHaveTests: true };
  const run = async (tests: Record<string, string>, limits: Partial<SuiteRun>): Promise<Tally> => {
    const rootDir = await mkdtemp(join(dir, 'run-'));
    await mkdir(join(rootDir, 'tests'));
    const config = "{ projects: [{ displayName: 'unit', rootDir: import.meta.dirname, transform: {} }] }";
    await writeFile(join(rootDir, 'jest.config.mjs'), `export default ${config};`);
    for (const [name, body] of Object.entries(tests)) await writeFile(join(rootDir, 'tests', `${name}.test.js`), body);
    return runSuite(suite, [], { rootDir, say: () => {}, ...limits });
  };
  const GOOD = "test('holds', () => {});";

  it('is stopped at its deadline, says where it hung, and counts what had passed', async () => {
    const hanging = `test('waits for ever', () => new Promise(() => {}), ${HUGE_MS});`;
    const tally = await run({ good: GOOD, hanging }, { deadlineMs: 10_000 });
    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(tally.complaints).toEqual([
      expect.stringMatching(/^unit: killed after 10 s, its deadline; it hung in .*hanging\.test\.js › waits for ever$/),
    ]);
  });

  it('ends although a test left something open, and fails for it', async () => {
    const open = `test('forgets a server', () => void require('node:net').createServer().listen(0));`;
    const tally = await run({ open }, { deadlineMs: HUGE_MS, graceMs: 2_000 });
    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(tally.complaints).toEqual([expect.stringContaining('a test left something open')]);
  });

  it('passes when all holds and all is closed', async () => {
    expect(await run({ good: GOOD }, {})).toEqual({ passed: 1, failed: 0, complaints: [] });
  });
});
