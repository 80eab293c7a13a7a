/**
 * `npm run conformance -- --fixtures DIR [--expected FILE]`: every document of a folder through the translations, compared
 * with the folder's EXPECTED.json and LABELS.json. Exit code 1 when a row is wrong or stands for no document.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { ROOT } from '../stack/files.ts';
import { loadTranslate, readDocuments } from './documents.ts';
import { readFolder } from './folder.ts';
import { report } from './report.ts';
import { loadReadTracking, readTrackings, trackingAmongDocuments } from './trackings.ts';

interface Options {
  readonly fixtures: string;
  readonly expected?: string;
  readonly json?: string;
}

async function conformance({ fixtures, expected, json }: Options): Promise<void> {
  const folder = readFolder(resolve(fixtures), expected === undefined ? undefined : resolve(expected));
  const readTracking = await loadReadTracking();
  const outcomes = [
    ...readDocuments(folder, await loadTranslate(), trackingAmongDocuments(readTracking)),
    ...readTrackings(folder, readTracking),
  ];
  process.stdout.write(report(outcomes));
  for (const note of folder.notes) process.stdout.write(`${note}\n`);
  process.stdout.write(`${folder.beside} files of ${folder.root} are no documents (references, notes, data sets).\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(outcomes, null, 2)}\n`);
  if (outcomes.some(({ verdict }) => verdict === 'wrong')) process.exitCode = 1;
}

const command = new Command('conformance')
  .description('reads every document of a folder and compares it with the reference')
  .option('--fixtures <dir>', 'folder of documents', resolve(ROOT, '..', 'shared', 'fixtures'))
  .option('--expected <file>', 'reference rows (default: EXPECTED.json of the folder)')
  .option('--json <file>', 'writes every outcome there too');
try {
  await conformance(command.parse().opts<Options>());
} catch (error) {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
