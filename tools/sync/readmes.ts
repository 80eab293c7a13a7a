/** What each service hears, says and asks, in its README; and the table of services in the README of the whole. */
import { join } from 'node:path';
import { DOMAINS } from '@crossdock/contracts';
import { ROOT } from '../stack/files.ts';
import { byId, heard, idOf, takenBy, type Message, type ServiceDefinition } from './services.ts';
import { CLOSE, OPEN, readIfThere, table, withSection, type Target } from './target.ts';

export const speakersOf = (message: Message, services: readonly ServiceDefinition[]): string => {
  const names = services.filter(({ says }) => says.includes(message)).map(({ name }) => name);
  return names.length > 0 ? names.join(', ') : DOMAINS[message.domain].owner;
};
export const hearersOf = (message: Message, services: readonly ServiceDefinition[]): string =>
  services
    .filter((service) => heard(service).includes(message))
    .map(({ name }) => name)
    .join(', ') || 'subscribers';

const code = (message: Message): string => `\`${idOf(message)}\``;

function part(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`### ${title}`, '', ...table(head, rows), ''];
}

/** The generated section of a service's README. */
export function messagesOf(service: ServiceDefinition, services: readonly ServiceDefinition[]): string[] {
  const streams = heard(service).filter(({ travels }) => travels === 'stream');
  const says = [...service.says].filter(({ travels }) => travels === 'stream');
  return [
    ...part(
      'Hears',
      ['message', 'from', 'what it means'],
      [...streams].sort(byId).map((message) => [code(message), speakersOf(message, services), message.about]),
    ),
    ...part(
      'Takes at its door',
      ['input', 'what it means'],
      takenBy(service, 'door').map((message) => [code(message), message.about]),
    ),
    ...part(
      'Says',
      ['message', 'heard by', 'what it means'],
      says.sort(byId).map((message) => [code(message), hearersOf(message, services), message.about]),
    ),
    ...part(
      'Asks',
      ['question', 'of', 'one call may take', 'what it means'],
      service.asks.map(({ asks, system, policy }) => [code(asks), system, `${policy.deadlineMs} ms`, asks.about]),
    ),
    ...part(
      'Says to itself',
      ['message', 'how', 'what it means'],
      takenBy(service, 'private', 'timer', 'answer').map((message) => [code(message), message.travels, message.about]),
    ),
  ].slice(0, -1);
}

/** One row per service for the README of the whole. */
export const servicesTable = (services: readonly ServiceDefinition[]): string[] =>
  table(
    ['service', 'what it is for', 'stream', 'hears', 'says', 'asks'],
    services.map((service) => [
      `[${service.name}](apps/${service.name}/README.md)`,
      service.about,
      `\`${DOMAINS[service.domain].stream}\``,
      String(heard(service).length),
      String(service.says.length),
      [...new Set(service.asks.map(({ system }) => system))].join(', ') || '-',
    ]),
  );

function sectionIn(path: string, name: string, lines: readonly string[]): Target {
  const text = readIfThere(join(ROOT, path));
  const content = text === undefined ? undefined : withSection(text, name, lines);
  if (content !== undefined) return { path, content };
  return { path, content: text, wanting: `${path} needs the lines ${OPEN(name)} and ${CLOSE}` };
}

export const readmes = (services: readonly ServiceDefinition[]): Target[] => [
  ...services.map((service) => sectionIn(`apps/${service.name}/README.md`, 'messages', messagesOf(service, services))),
  sectionIn('README.md', 'services', servicesTable(services)),
];
