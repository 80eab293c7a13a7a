/** That docker/ and k8s/ say what the service definitions say, and follow when these change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OrderCreated } from '@crossdock/contracts';
import { RuntimeSettings, settingsFrom, variablesOf, type ServiceDefinition } from '@crossdock/runtime';
import { parse } from 'yaml';
import { ROOT } from '../stack/files.ts';
import { readIfThere } from '../sync/target.ts';
import { composeSections } from './compose.ts';
import { definitionsFromSource } from './definitions.ts';
import { deployed, type Deployed } from './deployed.ts';
import { given, REPLICA_SET } from './development.ts';
import { base } from './manifests.ts';
import { reference } from './reference.ts';
import { withSections } from './section.ts';
import { deployment } from './targets.ts';

let definitions: ServiceDefinition[];
beforeAll(async () => {
  definitions = await definitionsFromSource();
}, 60_000);

const aFifth = (more: Partial<Deployed> = {}): Deployed => ({
  name: 'rate-cards',
  about: 'Keeps rate cards.',
  version: '0.1.0',
  variables: variablesOf(RuntimeSettings),
  streams: ['RATE'],
  ...more,
});

describe('what is deployed', () => {
  it('is in step with the service definitions', async () => {
    const apart = (await deployment(definitions)).filter(
      ({ path, content }) => readIfThere(join(ROOT, path)) !== content,
    );
    expect(apart.map(({ path }) => path)).toEqual([]);
  });

  it('follows when a service is gone: its base and its overlays go', async () => {
    const [first, ...rest] = definitions;
    const targets = await deployment(rest);
    const gone = targets.filter(({ content }) => content === undefined).map(({ path }) => path);
    expect(gone).toEqual(
      expect.arrayContaining([
        `k8s/base/${first?.name}/deployment.yaml`,
        `k8s/overlays/dev/${first?.name}/kustomization.yaml`,
        `k8s/overlays/production/${first?.name}/kustomization.yaml`,
      ]),
    );
    for (const path of ['docker/compose.yaml', 'k8s/overlays/production/kustomization.yaml'])
      expect(targets.find((target) => target.path === path)?.content).not.toContain(`${first?.name}:`);
  });

  it('follows when a service comes: in compose, in the database, with a base of its own', () => {
    const { services, databases } = composeSections([...definitions.map(deployed), aFifth()]);
    expect(services).toHaveProperty(['rate-cards', 'build', 'args'], { SERVICE: 'rate-cards' });
    expect(databases).toEqual({ CROSSDOCK_DATABASES: expect.stringMatching(/,rate-cards$/) });
    expect(Object.keys(base(aFifth()))).toContain('network-policies.yaml');
  });

  it('follows when a service says more: its streams are named', () => {
    const first = definitions.find(({ name }) => name === 'finance-posting') as ServiceDefinition;
    const more = { ...first, says: [...first.says, OrderCreated] };
    const writers = (all: ServiceDefinition[]) =>
      reference([], all)
        ['streams']?.find((row) => row.includes('`ORDERS`'))
        ?.split(' | ')[2];
    expect(writers([first])).toBe('order-orchestration');
    expect(writers([more])).toBe(`${first.name}, order-orchestration`);
  });

  it('asks for a value of a variable that a service needs and nobody knows', () => {
    const rateUrl = { env: 'CROSSDOCK_RATE_URL', field: 'rateUrl', required: true, secret: false };
    const of = aFifth({ variables: [...variablesOf(RuntimeSettings), rateUrl] });
    expect(given(of).wanting).toEqual(['CROSSDOCK_RATE_URL']);
    const [generated] = (base(of)['kustomization.yaml'] as { configMapGenerator: { options: { labels: object } }[] })
      .configMapGenerator;
    expect(generated?.options.labels).toHaveProperty(['crossdock/needs-rate-url'], 'true');
  });

  it('takes a secret from a Secret, and never writes its value', () => {
    const key = { env: 'CROSSDOCK_RATE_KEY', field: 'rateKey', required: false, secret: true };
    const text = JSON.stringify(base(aFifth({ variables: [...variablesOf(RuntimeSettings), key] })));
    expect(text).toContain('{"secretKeyRef":{"name":"rate-cards","key":"CROSSDOCK_RATE_KEY","optional":true}}');
    expect(text).not.toContain('development');
  });

  it('says which markers a file lacks', async () => {
    expect(await withSections('services: {}\n', { services: {} })).toBeUndefined();
    expect(await withSections('a:\n  # generated:b\n  old: 1\n  # /generated\n', { b: { new: 2 } })).toBe(
      'a:\n  # generated:b\n  new: 2\n  # /generated\n',
    );
  });
});

interface Compose {
  services: Record<
    string,
    {
      image: string;
      environment?: Record<string, string>;
      healthcheck?: object;
      read_only?: boolean;
      ports?: string[];
      build?: object;
      command?: string[];
      depends_on?: object;
    }
  >;
}

describe('docker/compose.yaml', () => {
  const text = readFileSync(join(ROOT, 'docker', 'compose.yaml'), 'utf8');
  // As compose reads it: `${NAME:-standard}` without NAME is the standard.
  const { services } = parse(text.replace(/\$\{\w+:-([^}]*)\}/g, '$1')) as Compose;

  it('has both servers, every service and the sandbox, each with a health check', () => {
    const ours = ['nats', 'mongodb', 'sandbox', ...definitions.map(({ name }) => name)];
    expect(Object.keys(services).sort()).toEqual([...ours, 'mongodb-prepare'].sort());
    for (const name of ours) expect([name, services[name]?.healthcheck]).toEqual([name, expect.anything()]);
  });

  it('gives every service settings that it starts with, and only what it reads', () => {
    for (const { name, settings } of definitions) {
      const env = services[name]?.environment ?? {};
      const classes = [RuntimeSettings, ...(settings ? [settings] : [])];
      const known = classes.flatMap((own) => variablesOf(own).map((variable) => variable.env));
      expect(Object.keys(env).filter((variable) => !known.includes(variable))).toEqual([]);
      expect(settingsFrom(env, ...classes)[0]).toMatchObject({ httpHost: '0.0.0.0' });
    }
  });

  it('gives the sandbox settings that it starts with, and the secrets of its connections to the services', async () => {
    const { readSettings } = (await import(join(ROOT, 'apps', 'sandbox', 'src', 'config.ts'))) as {
      readSettings: (
        env: object,
      ) => Record<
        'easypostConnection' | 'easypostSecret' | 'shopifyConnection' | 'shopifySecret' | 'ordersUrl',
        string
      >;
    };
    const sandbox = readSettings(services['sandbox']?.environment ?? {});
    const connections = (service: string, kind: string) =>
      JSON.parse(services[service]?.environment?.[`CROSSDOCK_${kind}_CONNECTIONS`] ?? '{}') as object;
    expect(connections('shipment-normalization', 'EASYPOST')).toEqual({
      [sandbox.easypostConnection]: { tenant: 'acme', secret: sandbox.easypostSecret },
    });
    expect(connections('order-orchestration', 'SHOPIFY')).toEqual({
      [sandbox.shopifyConnection]: { tenant: 'acme', secret: sandbox.shopifySecret },
    });
    for (const [name, url] of Object.entries(sandbox).filter(([field]) =>
      /(orders|inventory|shipments)Url/.test(field),
    ))
      expect([name, Object.keys(services)]).toEqual([name, expect.arrayContaining([new URL(url).hostname])]);
  });

  it('confines what is ours, and opens ports to this machine only', () => {
    for (const name of ['sandbox', ...definitions.map((definition) => definition.name)])
      expect(services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('has a broker that takes messages of 8 MB, and a database that is a replica set with a user per service', () => {
    const config = readFileSync(join(ROOT, 'docker', 'nats', 'nats-server.conf'), 'utf8');
    expect(config).toContain('max_payload: 8MB');
    expect(config).toMatch(/jetstream \{ store_dir: /);
    expect(services['mongodb']?.command).toEqual(expect.arrayContaining(['mongod', '--replSet', REPLICA_SET]));
    expect(services['mongodb-prepare']?.environment?.['CROSSDOCK_DATABASES']?.split(',').sort()).toEqual(
      definitions.map(({ name }) => name).sort(),
    );
  });
});
