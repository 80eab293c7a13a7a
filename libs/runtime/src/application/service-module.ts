/** A service as a Nest module: for `startService`, and for `Test.createTestingModule` with ports of the test's own. */
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ARCHIVE } from '../archive/archive.js';
import { jwksUrlOf, RuntimeSettings } from '../config.js';
import { requireAccess } from '../door/access-check.js';
import { DOOR, QUERIES, type Door } from '../door/door.js';
import { ExceptionsController } from '../door/exceptions.controller.js';
import { AccessGuard } from '../door/guard.js';
import { ProblemFilter } from '../door/problem-filter.js';
import { QuarantineController } from '../door/quarantine.controller.js';
import { QUARANTINE } from '../door/quarantine.js';
import { RoadDoor } from '../door/road-door.js';
import { openTokens, TOKENS, type Tokens } from '../door/tokens.js';
import { HealthController, MetricsController } from '../door/watch.controllers.js';
import { JOBS } from '../jobs/job.js';
import { JobRunner } from '../jobs/job-runner.js';
import type { Clock } from '../road/ports.js';
import { SERVICE, type ServiceDefinition } from '../service.js';
import { WATCH, type Watch } from '../watch/watch.js';
import { ROAD, type ServicePorts } from './road-port.js';

/** What a service is put together from. */
export interface Parts {
  readonly settings: RuntimeSettings;
  /** of the definition's settings class */
  readonly own: object;
  readonly ports: ServicePorts;
  readonly watch: Watch;
  readonly clock: Clock;
  /** the issuer's, unless a test brings its own */
  readonly tokens?: Tokens;
}

@Module({})
export class ServiceModule {}

/** What every service opens besides its own. */
const EVERYWHERE: readonly Type[] = [ExceptionsController, QuarantineController, HealthController, MetricsController];

const jobsOf = (definition: ServiceDefinition, { settings, own, ports, watch, clock }: Parts, door: Door): JobRunner =>
  new JobRunner({
    handlers: definition.jobs ?? [],
    settings: own,
    store: ports.jobs,
    door,
    queries: ports.queries,
    clock,
    watch,
    owner: settings.instance,
    leaseMs: settings.leaseMs,
    uploadLimitBytes: settings.uploadLimitBytes,
  });

/** Throws `OpenRoute` when a route names no right. */
export const serviceModule = (definition: ServiceDefinition, parts: Parts): DynamicModule => {
  const { settings, own, ports, watch } = parts;
  const controllers: Type[] = [...definition.opens, ...EVERYWHERE];
  requireAccess(controllers);
  const door = new RoadDoor(
    () => ports.road,
    watch,
    () => parts.clock.now(),
  );
  const tokens =
    parts.tokens ??
    openTokens({ jwksUrl: jwksUrlOf(settings), issuer: settings.issuerUrl, audience: settings.audience });
  const provided: Provider[] = [
    { provide: SERVICE, useValue: definition },
    { provide: RuntimeSettings, useValue: settings },
    ...(definition.settings ? [{ provide: definition.settings, useValue: own }] : []),
    { provide: DOOR, useValue: door },
    { provide: QUERIES, useValue: ports.queries },
    { provide: QUARANTINE, useValue: ports.quarantine },
    { provide: ROAD, useValue: ports.road },
    { provide: ARCHIVE, useValue: ports.archive },
    { provide: JOBS, useValue: jobsOf(definition, parts, door) },
    { provide: TOKENS, useValue: tokens },
    { provide: WATCH, useValue: watch },
  ];
  return {
    module: ServiceModule,
    // Modules that the service imports may inject the door, the queries and its settings too.
    global: true,
    imports: [...(definition.imports ?? [])],
    controllers,
    providers: [
      ...provided,
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useValue: new ProblemFilter(watch, settings) },
      ...(definition.providers ?? []),
    ],
    exports: provided.map((provider) => (provider as { provide: symbol }).provide),
  };
};
