/** The program that renders k8s/: one on PATH, the one that an earlier run built, or built from its Go module. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { SetUpFailure, type Say } from '../setup/failure.ts';
import { isAtLeast, parseVersion } from '../setup/version.ts';
import { ROOT, SERVERS_DIR } from '../stack/files.ts';

const VERSION = '5.8.0';
/** Older ones lack the merging of generators in components. */
const OLDEST = '5.0';
const MODULE = `sigs.k8s.io/kustomize/kustomize/v5@v${VERSION}`;
const BUILD_MS = 10 * 60_000;

/** Path of a program that runs. Throws what was tried, and what to do. */
export async function findKustomize(cacheDir = SERVERS_DIR, say: Say = () => {}): Promise<string> {
  const onPath = await versionOf('kustomize');
  if (onPath && isAtLeast(onPath, OLDEST)) return 'kustomize';
  const built = join(cacheDir, `kustomize-${VERSION}`, 'kustomize');
  if (existsSync(built) && (await versionOf(built))) return built;
  const failed = await build(cacheDir, built, say);
  if (failed === undefined) return built;
  const found = onPath ? `is ${onPath}, older than ${OLDEST}` : 'is not there';
  throw new SetUpFailure(
    [
      'k8s/ cannot be rendered. Tried, in this order:',
      `  1. PATH: kustomize ${found}`,
      `  2. go install ${MODULE}: ${failed}`,
      'What to do:',
      `  Linux: put kustomize ${OLDEST}+ (github.com/kubernetes-sigs/kustomize/releases) or Go 1.24+ (go.dev/dl) on PATH`,
      '  macOS: brew install kustomize',
    ].join('\n'),
  );
}

async function versionOf(program: string): Promise<string | undefined> {
  const result = await execa(program, ['version'], { reject: false, timeout: 10_000 });
  return result.exitCode === 0 ? parseVersion(result.stdout) : undefined;
}

/** Undefined when it is there, otherwise why not. */
async function build(cacheDir: string, target: string, say: Say): Promise<string | undefined> {
  say(`building kustomize ${VERSION} (once, up to a minute)`);
  await mkdir(cacheDir, { recursive: true });
  // Two runs at once each build in a folder of their own; the rename decides, and both see a whole one.
  const work = await mkdtemp(join(cacheDir, '.kustomize-'));
  try {
    const result = await execa('go', ['install', MODULE], {
      cwd: work,
      env: { GOBIN: work, GOFLAGS: '-mod=mod' },
      reject: false,
      all: true,
      timeout: BUILD_MS,
    });
    if (result.code === 'ENOENT') return 'go is not installed';
    if (result.exitCode !== 0) return result.all?.trim().split('\n').at(-1) ?? `go ended with ${result.exitCode}`;
    await rename(work, dirname(target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What a folder of k8s/ comes to, as YAML documents in one text. */
export async function render(kustomize: string, folder: string): Promise<string> {
  const result = await execa(kustomize, ['build', join(ROOT, folder)], { reject: false });
  if (result.exitCode !== 0) throw new Error(`kustomize build ${folder}: ${result.stderr}`);
  return result.stdout;
}
