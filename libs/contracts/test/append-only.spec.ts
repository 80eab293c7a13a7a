import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WITHDRAWN } from '../src/generate/withdrawn.js';
import { changedSamples } from './append-only.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SAMPLES = 'libs/contracts/samples';
const FIRST = `${SAMPLES}/orders.evt.order-closed.v1/good-all.json`;
const OF_WITHDRAWN = `${SAMPLES}/${Object.keys(WITHDRAWN)[0]}/good-all.json`;

describe('golden samples are append only', () => {
  it('none that is committed is changed or gone', () => {
    expect(changedSamples(ROOT)).toEqual([]);
  });
});

describe('the check of golden samples', () => {
  let root: string;
  // Within a git hook these name the real repository.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd: root, env });
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const commit = (): void => {
    git('add', '-A');
    git('commit', '-qm', 'change');
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'crossdock-samples-'));
    git('init', '-q');
    write(FIRST, '{ "draft": 1 }');
    commit();
    write(FIRST, '{ "final": 1 }');
    write(OF_WITHDRAWN, '{}');
    write(`${SAMPLES}/README.md`, 'append only');
    commit();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is silent on new ones, and on what was changed before the rule stood', () => {
    write(`${SAMPLES}/orders.evt.order-closed.v1/good-another.json`, '{}');
    expect(changedSamples(root)).toEqual([]);
    commit();
    expect(changedSamples(root)).toEqual([]);
  });

  it('fires on one that is changed', () => {
    write(FIRST, '{ "final": 2 }');
    expect(changedSamples(root)).toEqual([FIRST]);
  });

  it('goes on firing when the change is committed', () => {
    write(FIRST, '{ "final": 2 }');
    commit();
    expect(changedSamples(root)).toEqual([FIRST]);
  });

  it('fires on one that is deleted or renamed', () => {
    renameSync(join(root, FIRST), join(root, FIRST.replace('good-all', 'good-every')));
    expect(changedSamples(root)).toEqual([FIRST]);
    commit();
    expect(changedSamples(root)).toEqual([FIRST]);
  });

  it('is silent on those of a message that was withdrawn', () => {
    rmSync(join(root, OF_WITHDRAWN));
    expect(changedSamples(root)).toEqual([]);
  });
});
