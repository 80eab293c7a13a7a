/**
 * `npm run sync`: writes all that derives from the contracts and the service definitions. `-- --check` writes nothing
 * and fails when something is out of step. `-- --against <git ref>` also compares the contracts with that ref.
 * A part is a function that gives targets: to derive something else, add one to PARTS.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { deployment } from '../deploy/targets.ts';
import { ROOT } from '../stack/files.ts';
import { catalogue } from './catalogue.ts';
import { codeowners } from './codeowners.ts';
import { breaking, contracts } from './contracts.ts';
import { readmes } from './readmes.ts';
import { loadServices, type ServiceDefinition } from './services.ts';
import { readIfThere, type Target } from './target.ts';

type Part = (services: readonly ServiceDefinition[]) => Target[] | Promise<Target[]>;
const PARTS: readonly Part[] = [
  () => contracts(),
  (services) => [catalogue(services)],
  () => [codeowners()],
  (services) => readmes(services),
  (services) => deployment(services),
];

function write({ path, content }: Target): void {
  const file = join(ROOT, path);
  if (content === undefined) return rmSync(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const command = new Command('npm run sync --')
    .option('--check', 'write nothing; fail when something is out of step')
    .option('--against <ref>', 'compare the contracts with what was published at this git ref, too')
    .parse();
  const { check, against } = command.opts<{ check?: true; against?: string }>();
  const broken = [...breaking(), ...(against === undefined ? [] : breaking(against))];
  if (broken.length > 0) {
    for (const line of new Set(broken)) say(`breaks readers or writers: ${line}`);
    say(
      'Nothing was written. A breaking change is a new version: see libs/contracts/src/masterdata/node-changed.v2.ts.',
    );
    return 1;
  }
  const services = await loadServices();
  const targets = (await Promise.all(PARTS.map((part) => part(services)))).flat();
  const drifted = targets.filter(({ path, content }) => readIfThere(join(ROOT, path)) !== content);
  if (!check) drifted.forEach(write);
  for (const { path } of drifted) say(`${check ? 'out of step' : 'written'}: ${path}`);
  const wanting = targets.flatMap((target) => target.wanting ?? []);
  for (const line of wanting) say(line);
  if (check && drifted.length > 0) say('Mend: npm run sync');
  return wanting.length > 0 || (check && drifted.length > 0) ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
