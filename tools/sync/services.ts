/** The service definitions, as built. `npm run sync` builds first. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Message } from '@crossdock/contracts';
import { heard, messageOf, type ServiceDefinition } from '@crossdock/runtime';
import { ROOT, serviceNames } from '../stack/files.ts';

const isDefinition = (value: unknown): value is ServiceDefinition =>
  typeof value === 'object' && value !== null && 'decides' in value && 'says' in value && 'opens' in value;

async function definitionOf(name: string): Promise<ServiceDefinition> {
  const file = join(ROOT, 'apps', name, 'dist', 'src', `${name}.service.js`);
  if (!existsSync(file)) throw new Error(`${file} is missing: build first (npm run build)`);
  const found = Object.values((await import(pathToFileURL(file).href)) as object).find(isDefinition);
  if (!found) throw new Error(`${file} exports no service definition (defineService)`);
  return found;
}

/** Every app that has a definition; the sandbox has none. */
export async function loadServices(): Promise<ServiceDefinition[]> {
  const names = serviceNames().filter((name) => existsSync(join(ROOT, 'apps', name, 'src', `${name}.service.ts`)));
  return Promise.all(names.map(definitionOf));
}

export const idOf = (message: Pick<Message, 'type' | 'version'>): string => `${message.type}.v${message.version}`;

/** Messages that its rules take, by how they travel. */
export const takenBy = (service: ServiceDefinition, ...travels: Message['travels'][]): Message[] => {
  const all = service.decides.flatMap(({ rules }) => rules.map(({ hears }) => messageOf(hears)));
  return [...new Set(all)].filter((message) => travels.includes(message.travels)).sort(byId);
};

export const byId = (a: Message, b: Message): number => (idOf(a) < idOf(b) ? -1 : 1);

export { heard };
export type { Message, ServiceDefinition };
