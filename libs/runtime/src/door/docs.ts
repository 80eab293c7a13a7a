/** OpenAPI of a service: `/docs` for people, `/docs-json` for programs. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { ServiceDefinition } from '../service.js';
import type { HttpReply } from './http.js';
import { openedSchemas } from './opens.js';

interface Routes {
  get(path: string, handler: (request: unknown, reply: HttpReply) => unknown): unknown;
}
/** The only files of the viewer that are given out. */
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: 'urn:crossdock:problem:<code>' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'code of the reason catalogue' },
    detail: { type: 'string', description: 'a text for a person' },
    next: { type: 'string', description: 'what to do about it' },
    correlationId: { type: 'string' },
    retryAfterSeconds: { type: 'integer' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['reason'],
        properties: {
          reason: { type: 'string' },
          field: { type: 'string' },
          rule: { type: 'string' },
          text: { type: 'string' },
        },
      },
    },
  },
} as const;
const ANY_PROBLEM = {
  description: 'Any refusal: RFC 9457 problem details',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

export const openApiOf = (app: INestApplication, definition: ServiceDefinition): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setTitle(definition.name)
    .setDescription(definition.about)
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, { ...config, security: [{ bearer: [] }] });
  const components = document.components ?? {};
  const schemas = { ...components.schemas, ...openedSchemas(), Problem: PROBLEM };
  document.components = { ...components, schemas: schemas as unknown as Schemas };
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path) as { responses?: Record<string, unknown> }[])
      if (operation.responses) operation.responses['default'] = ANY_PROBLEM;
  return document;
};

const page = (title: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="page"></div><script src="docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: 'docs-json', dom_id: '#page' })</script></body></html>`;

/** Made when first asked for: nobody else pays for it. */
export const serveDocs = (app: INestApplication, definition: ServiceDefinition, routes: Routes): void => {
  let document: string | undefined;
  const folder = (): string =>
    dirname(createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger')).resolve('swagger-ui-dist'));
  routes.get('/docs-json', (_request, reply) =>
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .send((document ??= JSON.stringify(openApiOf(app, definition)))),
  );
  routes.get('/docs', (_request, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(page(definition.name)),
  );
  for (const [file, type] of Object.entries(FILES))
    routes.get(`/docs/${file}`, async (_request, reply) => {
      const bytes = await readFile(join(folder(), file));
      return reply.header('content-type', type).header('cache-control', 'max-age=86400').send(bytes);
    });
};
