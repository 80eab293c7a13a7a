/** The service definitions from their sources: for specs, which read TypeScript and must not depend on a build. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../stack/files.ts';
import type { ServiceDefinition } from '../sync/services.ts';

const isDefinition = (value: unknown): value is ServiceDefinition =>
  typeof value === 'object' && value !== null && 'decides' in value && 'says' in value && 'opens' in value;

export async function definitionsFromSource(): Promise<ServiceDefinition[]> {
  const files = globSync('apps/*/src/*.service.ts', { cwd: ROOT }).sort();
  return Promise.all(
    files.map(async (file) => {
      const found = Object.values((await import(pathToFileURL(join(ROOT, file)).href)) as object).find(isDefinition);
      if (!found) throw new Error(`${basename(file)} exports no service definition`);
      return found;
    }),
  );
}
