/** Runs every probe through the real configuration and prints what was said of it, as JSON. A process of its own:
 * Jest's module registry and Nx's native graph do not go together. */
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { ROOT } from '../../stack/files.ts';
import { PROBES } from './probes.ts';

const eslint = new ESLint({ cwd: ROOT, warnIgnored: false });
const said = await Promise.all(
  PROBES.map(async ({ rule, file, code }) => {
    const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) });
    return (result?.messages ?? [])
      .filter(({ ruleId, fatal }) => ruleId === rule || fatal)
      .map(({ message }) => message);
  }),
);
const { default: config } = (await import(join(ROOT, 'eslint.config.mjs'))) as { default: Linter.Config[] };
const ours = config.filter(({ name }) => !name?.startsWith('typescript-eslint/'));
const rules = new Set(
  ours.flatMap(({ rules: set }) =>
    Object.entries(set ?? {}).flatMap(([rule, level]) => (level === 'off' ? [] : [rule])),
  ),
);
process.stdout.write(JSON.stringify({ said, rules: [...rules] }));
