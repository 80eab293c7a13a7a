/** The Nest application of a service on Fastify: bodies, correlation, docs; the road is its transport. */
import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RuntimeSettings } from '../config.js';
import { acceptBodies, type FastifyLike } from '../door/bodies.js';
import { serveDocs } from '../door/docs.js';
import type { HttpReply } from '../door/http.js';
import { noteMethods } from '../door/methods.js';
import { refuseUnreadable } from '../door/problem-filter.js';
import { watchRequests } from '../door/requests.js';
import { SERVICE, type ServiceDefinition } from '../service.js';
import { NestLog } from '../watch/logs.js';
import { WATCH, type Watch } from '../watch/watch.js';
import { serviceModule, type Parts } from './service-module.js';

/** Fastify's errors keep their codes, so that the problem filter can tell them apart. */
class DoorAdapter extends FastifyAdapter {
  override mapException(error: unknown): unknown {
    return error;
  }
}

export const doorAdapter = (settings: Pick<RuntimeSettings, 'bodyLimitBytes'>): FastifyAdapter =>
  new DoorAdapter({
    bodyLimit: settings.bodyLimitBytes,
    skipMiddie: true,
    // Long enough for a large upload, short enough for a sender that dawdles on purpose.
    requestTimeout: 600_000,
    frameworkErrors: (error: { readonly code?: string }, request: unknown, reply: unknown) =>
      refuseUnreadable(error, request, reply as HttpReply),
    // Idle connections are closed at a stop; those at work are waited for.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  });

/** Everything about HTTP that is not a module; called by tests on their own application too, before `init`. */
export const prepareDoor = (app: INestApplication, settings: RuntimeSettings): void => {
  const fastify = (app as NestFastifyApplication).getHttpAdapter().getInstance() as unknown as FastifyLike &
    Parameters<typeof serveDocs>[2];
  acceptBodies(fastify, settings.bodyLimitBytes, app.get<ServiceDefinition>(SERVICE).uploads);
  noteMethods(fastify);
  watchRequests(fastify, app.get<Watch>(WATCH));
  serveDocs(app, app.get<ServiceDefinition>(SERVICE), fastify);
};

export const createApplication = async (
  definition: ServiceDefinition,
  parts: Parts,
): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(
    serviceModule(definition, parts),
    doorAdapter(parts.settings),
    {
      bodyParser: false,
      bufferLogs: false,
      abortOnError: false,
      logger: new NestLog(parts.watch.log),
    },
  );
  prepareDoor(app, parts.settings);
  return app;
};
