/** Tables of k8s/README.md: what each service is deployed with, and what the broker has to hold. */
import { DOMAINS } from '@crossdock/contracts';
import {
  declaredConsumers,
  declaredStreams,
  developmentOptions,
  RuntimeSettings,
  variablesOf,
} from '@crossdock/runtime';
import type { ServiceDefinition } from '../sync/services.ts';
import { table } from '../sync/target.ts';
import type { Deployed } from './deployed.ts';

const code = (text: string): string => `\`${text}\``;
const standardOf = (standard: unknown): string =>
  standard === undefined ? '' : code(typeof standard === 'string' ? standard : JSON.stringify(standard));

const COMMON = new Set(variablesOf(RuntimeSettings).map(({ env }) => env));
/** Its standard is made at each start. */
const PER_PROCESS = new Set(['CROSSDOCK_INSTANCE']);

function variables(services: readonly Deployed[]): string[] {
  const common = variablesOf(RuntimeSettings).map((variable) => ['every service', variable] as const);
  const own = services.flatMap(({ name, variables: all }) =>
    all.filter(({ env }) => !COMMON.has(env)).map((variable) => [name, variable] as const),
  );
  return table(
    ['variable', 'read by', 'needed', 'secret', 'otherwise'],
    [...common, ...own].map(([name, { env, required, secret, standard }]) => [
      code(env),
      name,
      required ? 'yes' : '',
      secret ? 'yes' : '',
      PER_PROCESS.has(env) ? 'made at each start' : standardOf(standard),
    ]),
  );
}

/** Streams with their subjects, who says on them and who hears from them. */
function streams(definitions: readonly ServiceDefinition[]): string[] {
  const hearers = definitions.flatMap((definition) =>
    declaredConsumers(definition, developmentOptions).map(({ stream }) => ({ stream, name: definition.name })),
  );
  const owners = Object.fromEntries(Object.values(DOMAINS).map(({ stream, owner }) => [stream, owner]));
  const sayers = (stream: string): string[] => [
    ...(owners[stream] ? [owners[stream]] : []),
    ...definitions.filter(({ says }) => says.some((message) => message.stream === stream)).map(({ name }) => name),
  ];
  const unique = (names: readonly string[]): string => [...new Set(names)].sort().join(', ');
  return table(
    ['stream', 'subjects', 'written by', 'read by'],
    declaredStreams(developmentOptions).map(({ name, subjects = [] }) => [
      code(name),
      subjects.map(code).join(' '),
      unique(sayers(name)) || 'every service',
      unique(hearers.filter(({ stream }) => stream === name).map((hearer) => hearer.name)) || '-',
    ]),
  );
}

function consumers(definitions: readonly ServiceDefinition[]): string[] {
  const rows = definitions.flatMap((definition) => [
    ...declaredConsumers(definition, developmentOptions).map(({ stream, consumer }) => [
      code(`${stream}/${consumer.durable_name}`),
      definition.name,
      (consumer.filter_subjects ?? []).map(code).join(' '),
    ]),
    ...(definition.mirrors ?? []).map(({ bucket, contract }) => [
      code(`KV_${bucket}`),
      definition.name,
      `newest of ${code(`${contract.type}.v${contract.version}.*`)}`,
    ]),
  ]);
  return table(['consumer or bucket', 'of', 'subjects'], rows);
}

export const reference = (
  services: readonly Deployed[],
  definitions: readonly ServiceDefinition[],
): Readonly<Record<string, readonly string[]>> => ({
  variables: variables(services),
  streams: streams(definitions),
  consumers: consumers(definitions),
});
