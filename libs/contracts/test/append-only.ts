/**
 * Golden samples that were changed or deleted, by git: in the working tree, or by a commit since the rule stands. Those of
 * a withdrawn message go with it.
 */
import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { WITHDRAWN } from '../src/generate/withdrawn.js';

const FOLDER = 'libs/contracts/samples';
const SAMPLES = `${FOLDER}/*/*.json`;

// Within a git hook these name the repository of the hook, whatever the folder.
const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
const git = (root: string, ...args: string[]): string[] =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', env })
    .split('\n')
    .filter((line) => line !== '');

export const changedSamples = (root: string): readonly string[] => {
  const kinds = ['--diff-filter=MDT', '--no-renames', '--name-only'];
  const inTree = git(root, 'diff', ...kinds, 'HEAD', '--', SAMPLES);
  // The rule stands from the commit that says so.
  const [since] = git(root, 'log', '--diff-filter=A', '--format=%H', '-1', '--', `${FOLDER}/README.md`);
  const inHistory = since === undefined ? [] : git(root, 'log', ...kinds, '--format=', `${since}..HEAD`, '--', SAMPLES);
  const stands = (file: string): boolean => !(basename(dirname(file)) in WITHDRAWN);
  return [...new Set([...inTree, ...inHistory])].filter(stands).sort();
};
