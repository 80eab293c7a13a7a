/**
 * Runs before every npm script, on whatever Node the machine has (20 or newer) and without any package:
 * installs the locked packages when they are missing or stale, checks for Node 24, builds with `tsc -b`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NODE_MAJOR_MIN = 24;
const LOCK_WAIT_MS = 5 * 60_000;

class SetUpFailure extends Error {}

const say = (line) => process.stderr.write(`set-up: ${line}\n`);
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * The first reason to install again, or undefined. npm writes node_modules/.package-lock.json last, so what it
 * says is really there; an optional package of another platform is rightly absent.
 */
export function whyStale(locked, installed) {
  for (const [path, wanted] of Object.entries(locked.packages)) {
    if (path === '') continue;
    const found = installed.packages[path];
    if (!found && !wanted.optional && !wanted.devOptional && !insideOptional(locked, path)) {
      return `${path} is missing`;
    }
    if (found && found.version !== wanted.version) return `${path} is ${found.version}, locked is ${wanted.version}`;
  }
  return undefined;
}

/** npm leaves the flag off packages that only an optional one names in its own folder: ask who names them. */
function insideOptional(locked, path) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return Object.values(locked.packages).some((entry) => entry.optionalDependencies?.[name] !== undefined);
}

function whyInstall(root) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return 'no packages are installed yet';
  const lockFile = join(root, 'package-lock.json');
  return whyStale(readJson(lockFile), readJson(hidden));
}

function run(command, args, root) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.error) throw new SetUpFailure(`${command} does not start: ${result.error.message}`);
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim() };
}

function installPackages(root, why) {
  say(`installing the locked packages, about a minute (${why})`);
  const startedAt = Date.now();
  // The machine's own Node, not node_modules/.bin/node: `npm ci` deletes node_modules while it runs.
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli ? [process.env.npm_node_execpath ?? process.execPath, [npmCli]] : ['npm', []];
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = run(command, [...first, ...flags], root);
  if (!result.ok) {
    throw new SetUpFailure(`\`npm ci --ignore-scripts\` failed. What it said:\n${firstLines(result.output)}`);
  }
  say(`packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

/** npm follows its reason with pages of usage. */
const firstLines = (text) => text.split('\n').slice(0, 12).join('\n');

/** Two commands started side by side must not both run `npm ci`: the second waits, then finds nothing to do. */
function withInstallLock(root, action) {
  const lock = join(root, '.crossdock', 'installing');
  mkdirSync(dirname(lock), { recursive: true });
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) {
      throw new SetUpFailure(`another set-up has held ${lock} for too long; delete that file if none is running`);
    }
    sleep(200);
  }
  try {
    return action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    const justMade = Date.now() - statSync(lock).mtimeMs < 1000;
    if (!justMade && !isAlive(holder)) rmSync(lock, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function checkNode(root) {
  const brought = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const version = existsSync(brought) ? run(brought, ['--version'], root).output : process.version;
  const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
  if (major >= NODE_MAJOR_MIN) return;
  throw new SetUpFailure(
    [
      `Node ${NODE_MAJOR_MIN} or newer is needed; found ${version || 'none that runs'}.`,
      'Linux: it comes with the packages; delete node_modules and run the command again.',
      `macOS: install Node ${NODE_MAJOR_MIN} (\`brew install node@${NODE_MAJOR_MIN}\` or nodejs.org) and put it first on PATH.`,
    ].join('\n'),
  );
}

function build(root) {
  const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const node = join(root, 'node_modules', '.bin', 'node');
  const result = run(existsSync(node) ? node : process.execPath, [tsc, '-b'], root);
  if (!result.ok) throw new SetUpFailure(`the build (\`tsc -b\`) failed:\n${result.output}`);
}

/** `npm start` counts the set-up as part of its time; this script can hand it nothing but a note. */
function noteTime(root, startedAt) {
  mkdirSync(join(root, '.crossdock'), { recursive: true });
  writeFileSync(join(root, '.crossdock', 'set-up.json'), JSON.stringify({ startedAt, endedAt: Date.now() }));
}

function main() {
  const startedAt = Date.now();
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  try {
    if (whyInstall(root)) {
      withInstallLock(root, () => {
        const why = whyInstall(root);
        if (why) installPackages(root, why);
      });
    }
    checkNode(root);
    // `npm test` counts the build as one of its checks, so that a compile error still ends in its last line.
    if (!process.argv.includes('--no-build')) build(root);
    noteTime(root, startedAt);
  } catch (error) {
    say(error instanceof SetUpFailure ? error.message : error.stack);
    process.exitCode = 2;
  }
}

// realpath: a clone may lie behind a link (macOS: /tmp), and argv keeps the link while import.meta.url does not.
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) main();
