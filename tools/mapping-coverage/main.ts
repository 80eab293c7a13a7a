/**
 * `npm run coverage:mappings -- [FOLDER...]`: reads every payload and document below the folders (the golden files of
 * carriers and partners when none is named) and prints, by carrier, how many of its scans and codes the mappings know,
 * and the same of the codes of partners' documents by list. `--running` asks the services that `npm start` keeps up
 * instead: what they were sent since they started, and which codes wait for a row. `--least 95` fails below that share.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import Table from 'cli-table3';
import { CLONE_DIR, ROOT } from '../stack/files.ts';
import { coverageOf, coverageOfCodes, shareOf, type Reading } from './coverage.ts';
import { codesBelow, GOLDEN_DOCUMENTS } from './documents.ts';
import { readEndpoints } from '../stack/endpoints.ts';
import { coverageOfRunning } from './running.ts';

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
  .argument('[folders...]', 'folders with payloads of carriers or documents of partners (golden files)')
  .option('--running', 'what the running services were sent (of npm start in this clone)', false)
  .option('--least <per cent>', 'fail when fewer scans or codes are mapped', percent, 0)
  .parse();
const { least, running } = program.opts<{ least: number; running: boolean }>();

interface Row {
  readonly cells: readonly (string | number)[];
  readonly seen: number;
  readonly mapped: number;
  readonly unmapped: readonly string[];
}
/** Prints a table and what it sums up to; false when too little of it is mapped. Nothing seen is no failure. */
const print = (what: string, head: readonly string[], rows: readonly Row[]): { seen: number; enough: boolean } => {
  const named = rows.some(({ unmapped }) => unmapped.length > 0) ? ['without a row'] : [];
  const table = new Table({ head: [...head, ...named], style: { head: [], border: [], compact: true } });
  for (const { cells, unmapped } of rows) table.push([...cells, ...named.map(() => unmapped.join(', ').slice(0, 120))]);
  const seen = rows.reduce((sum, row) => sum + row.seen, 0);
  const mapped = rows.reduce((sum, row) => sum + row.mapped, 0);
  if (seen > 0)
    process.stdout.write(`${table.toString()}\n${mapped} of ${seen} ${what} are mapped (${shareOf(mapped, seen)})\n`);
  return { seen, enough: seen === 0 || (100 * mapped) / seen >= least };
};

const ofFolders = async (named: readonly string[]): Promise<readonly { seen: number; enough: boolean }[]> => {
  const { readTracking } = (await import(pathToFileURL(BUILT).href)) as {
    readTracking: (carrier: string, payload: Uint8Array) => Reading;
  };
  const readings = (named.length > 0 ? named : [join(ROOT, CARRIERS)]).flatMap((folder) =>
    globSync(PAYLOADS, { cwd: resolve(folder) })
      .filter(isPayload)
      .map((file) => readTracking(file, readFileSync(resolve(folder, file))))
      .filter(({ packages }) => packages.length > 0),
  );

  const ofCarriers = coverageOf(readings).map((row): Row => {
    const { carrier, payloads, scans: seen, mapped, codes, unmapped } = row;
    return { cells: [carrier, payloads, seen, shareOf(mapped, seen), codes], seen, mapped, unmapped };
  });
  const ofLists = coverageOfCodes(await codesBelow(named.length > 0 ? named : GOLDEN_DOCUMENTS)).map((row): Row => {
    const { list, seen, mapped, codes, unmapped } = row;
    return { cells: [list, seen, shareOf(mapped, seen), codes], seen, mapped, unmapped };
  });
  return [
    print('scans', ['carrier', 'payloads', 'scans', 'mapped', 'codes'], ofCarriers),
    print('codes of documents', ['list', 'sent', 'mapped', 'codes'], ofLists),
  ];
};

const ofRunning = async (): Promise<readonly { seen: number; enough: boolean }[]> => {
  const endpoints = readEndpoints(resolve(process.env['CROSSDOCK_DIR'] ?? CLONE_DIR));
  if (!endpoints) return program.error('nothing runs here: npm start keeps the services up');
  const services = await coverageOfRunning(endpoints);
  return services.map(({ service, counted, waiting }) => {
    const rows = counted.map(({ list, seen, mapped }): Row => {
      const cells = [list, seen, shareOf(mapped, seen)];
      return { cells, seen, mapped, unmapped: [] };
    });
    const told = print(`codes that ${service} was sent`, ['list', 'sent', 'mapped'], rows);
    if (waiting.length > 0) process.stdout.write(`they wait for a row: ${waiting.join(', ')}\n`);
    return told;
  });
};

const told = running ? await ofRunning() : await ofFolders(program.args);
if (told.every(({ seen }) => seen === 0))
  process.stderr.write(
    running ? 'the services were sent no code yet\n' : 'there is no payload and no document that can be read\n',
  );
if (told.every(({ seen }) => seen === 0) || told.some(({ enough }) => !enough)) process.exitCode = 1;
