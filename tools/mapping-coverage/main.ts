/**
 * `npm run coverage:mappings -- [FOLDER...]`: reads every payload below the folders (the carriers' golden files when none
 * is named) and prints, by carrier, how many of its scans and codes the mappings know. `--least 95` fails below that share.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import Table from 'cli-table3';
import { ROOT } from '../stack/files.ts';
import { coverageOf, shareOf, type Reading } from './coverage.ts';

const CARRIERS = join('apps', 'shipment-normalization', 'src', 'translate', 'carriers');
const BUILT = join(ROOT, 'apps', 'shipment-normalization', 'dist', 'src', 'translate', 'carriers', 'index.js');
const PAYLOADS = '**/*.{json,xml}';
const isPayload = (file: string): boolean => !/(?:^|[/\\])(?:expected\.|LABELS|EXPECTED)|\.expected\.json$/.test(file);

const percent = (told: string): number => {
  const share = Number(told);
  if (!(share >= 0 && share <= 100)) throw new InvalidArgumentError('a share between 0 and 100');
  return share;
};
const program = new Command('coverage:mappings')
  .argument('[folders...]', 'folders with payloads of carriers', [join(ROOT, CARRIERS)])
  .option('--least <per cent>', 'fail when fewer scans are mapped', percent, 0)
  .parse();
const { least } = program.opts<{ least: number }>();

const { readTracking } = (await import(pathToFileURL(BUILT).href)) as {
  readTracking: (carrier: string, payload: Uint8Array) => Reading;
};
const files = program.args.length > 0 ? program.args : [join(ROOT, CARRIERS)];
const readings = files.flatMap((folder) =>
  globSync(PAYLOADS, { cwd: resolve(folder) })
    .filter(isPayload)
    .map((file) => readTracking(file, readFileSync(resolve(folder, file))))
    .filter(({ packages }) => packages.length > 0),
);

const rows = coverageOf(readings);
const table = new Table({
  head: ['carrier', 'payloads', 'scans', 'mapped', 'codes', 'without a row'],
  style: { head: [], border: [], compact: true },
});
for (const row of rows)
  table.push([row.carrier, row.payloads, row.scans, shareOf(row), row.codes, row.unmapped.join(', ').slice(0, 120)]);
const all = rows.reduce((sum, row) => ({ scans: sum.scans + row.scans, mapped: sum.mapped + row.mapped }), {
  scans: 0,
  mapped: 0,
});
process.stdout.write(`${table.toString()}\n${all.mapped} of ${all.scans} scans are mapped (${shareOf(all)})\n`);
if (all.scans === 0 || (100 * all.mapped) / all.scans < least) process.exitCode = 1;
