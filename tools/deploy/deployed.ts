/** A service as its deployment sees it: everything here is read from its definition and its settings classes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeSettings, variablesOf, type Variable } from '@crossdock/runtime';
import { ROOT } from '../stack/files.ts';
import { heard, type ServiceDefinition } from '../sync/services.ts';

/** Port inside a container; the same for all, each has an address of its own. */
export const HTTP_PORT = Number(new RuntimeSettings().httpPort);
export const NATS_PORT = 4222;
export const MONGO_PORT = 27_017;

export interface Deployed {
  readonly name: string;
  readonly about: string;
  /** of its package: the tag of its image until somebody builds another */
  readonly version: string;
  /** what every service reads, and what this one reads besides */
  readonly variables: readonly Variable[];
  /** streams that it hears or says on */
  readonly streams: readonly string[];
}

export const deployed = (service: ServiceDefinition): Deployed => ({
  name: service.name,
  about: service.about,
  version: versionOf(service.name),
  variables: [RuntimeSettings, ...(service.settings ? [service.settings] : [])].flatMap((own) => variablesOf(own)),
  streams: [...new Set([...heard(service), ...service.says].map(({ stream }) => stream))].sort(),
});

const versionOf = (app: string): string =>
  (JSON.parse(readFileSync(join(ROOT, 'apps', app, 'package.json'), 'utf8')) as { version: string }).version;

/** Variables of which a deployment has to know a value: the service does not start without. */
export const required = ({ variables }: Deployed): readonly Variable[] => variables.filter((known) => known.required);

/** Where a Kubernetes Secret is named instead of a value. */
export const secrets = ({ variables }: Deployed): readonly Variable[] => variables.filter(({ secret }) => secret);

/** `CROSSDOCK_ERP_URL` as a part of a label: `erp-url`. */
export const labelOf = ({ env }: Variable): string =>
  env
    .replace(/^CROSSDOCK_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
