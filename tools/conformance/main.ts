/**
 * `npm run conformance -- --fixtures DIR [--expected FILE]`: every document of a folder through the real edge, compared
 * with the folder's EXPECTED.json and LABELS.json. Exit code 1 when a row is wrong or stands for no document.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { endAll } from '../bench/held.ts';
import { ROOT } from '../stack/files.ts';
import { Edge, FILES_AT_ONCE } from './edge.ts';
import { readFolder, type Folder } from './folder.ts';
import type { Outcome } from './outcome.ts';
import { openProgress } from './progress.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { loadReadTracking, loadTranslate, translationsReader } from './translations.ts';

const INTERRUPTED = 130;

interface Options {
  readonly fixtures: string;
  readonly expected?: string;
  readonly json?: string;
  readonly translationsOnly?: boolean;
}

async function throughTranslations(folder: Folder): Promise<readonly Outcome[]> {
  return run(folder, translationsReader(await loadTranslate(), await loadReadTracking()));
}

async function throughEdge(folder: Folder): Promise<readonly Outcome[]> {
  const progress = openProgress(process.stderr);
  progress.show('starting nats-server, mongod and the services');
  const edge = await Edge.open();
  try {
    return await run(folder, edge, {
      atOnce: FILES_AT_ONCE,
      onRead: (read, all, file) => progress.show(`${read} of ${all} files: ${file}`),
    });
  } finally {
    progress.done();
    await edge.close();
  }
}

async function conformance({ fixtures, expected, json, translationsOnly }: Options): Promise<void> {
  const folder = readFolder(resolve(fixtures), expected === undefined ? undefined : resolve(expected));
  const outcomes = await (translationsOnly ? throughTranslations(folder) : throughEdge(folder));
  process.stdout.write(report(outcomes));
  for (const note of folder.notes) process.stdout.write(`${note}\n`);
  process.stdout.write(`${folder.beside} files of ${folder.root} are no documents (references, notes, data sets).\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(outcomes, null, 2)}\n`);
  if (outcomes.some(({ verdict }) => verdict === 'wrong')) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void endAll().finally(() => process.exit(INTERRUPTED)));

const command = new Command('conformance')
  .description('hands every document of a folder to the real edge, and compares what came of it with the reference')
  .option('--fixtures <dir>', 'folder of documents', resolve(ROOT, '..', 'shared', 'fixtures'))
  .option('--expected <file>', 'reference rows (default: EXPECTED.json of the folder)')
  .option('--json <file>', 'writes every outcome there too')
  .option('--translations-only', 'no servers: the translations alone, in seconds, while one is being written');
try {
  await conformance(command.parse().opts<Options>());
} catch (error) {
  await endAll();
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
