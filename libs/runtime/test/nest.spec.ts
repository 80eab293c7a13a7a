/** A service is an ordinary Nest application: `Test.createTestingModule` and what Nest users put around a controller. */
import {
  Controller,
  createParamDecorator,
  Get,
  Inject,
  Injectable,
  Param,
  ParseIntPipe,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
  type PipeTransform,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { map, tap, type Observable } from 'rxjs';
import {
  defineService,
  doorAdapter,
  From,
  MemoryArchive,
  MemoryJobStore,
  openLog,
  openMetrics,
  openTraces,
  prepareDoor,
  Problem,
  QUERIES,
  RuntimeSettings,
  Scope,
  serviceModule,
  systemClock,
  type Caller,
  type Parts,
  type Queries,
} from '../src/index.js';
import { NotedRoad } from './door-of.js';

const order: string[] = [];

@Injectable()
class OpenHours implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // The runtime's own guard came first: who calls is known here.
    const { caller } = context.switchToHttp().getRequest<{ caller?: Caller }>();
    order.push(`guard of ${caller?.tenant}`);
    return caller?.tenant === 'acme';
  }
}
@Injectable()
class Timed implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    order.push('before');
    return next.handle().pipe(
      map((body) => ({ ...(body as object), wrapped: true })),
      tap(() => order.push('after')),
    );
  }
}
@Injectable()
class InCapitals implements PipeTransform {
  transform(value: unknown): unknown {
    order.push('pipe');
    return typeof value === 'string' ? value.toUpperCase() : value;
  }
}
const Tenant = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<{ caller: Caller }>().caller.tenant,
);

@Controller('v1/shelves')
@UseGuards(OpenHours)
@UseInterceptors(Timed)
class Shelves {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}
  @Get(':name')
  @Scope('shelves:read')
  @UsePipes(InCapitals)
  async one(@Param('name') name: string, @Tenant() tenant: string) {
    order.push('handler');
    return { name, tenant, count: await this.queries.count(tenant, 'shelf', name) };
  }
  @Get(':name/:place')
  @Scope('shelves:read')
  place(@Param('place', ParseIntPipe) place: number, @From() caller: Caller) {
    return { place, tenant: caller.tenant };
  }
}

const service = defineService({
  name: 'shelves',
  domain: 'orders',
  about: 'Shelves, for a test.',
  decides: [],
  says: [],
  asks: [],
  opens: [Shelves],
});

describe('a service under Nest', () => {
  let app: NestFastifyApplication;
  let tenant = 'acme';
  const settings = Object.assign(new RuntimeSettings(), { issuerUrl: 'http://issuer.test' });
  const none = {} as never;
  const parts: Parts = {
    settings,
    own: {},
    ports: {
      road: new NotedRoad(),
      queries: none,
      quarantine: none,
      jobs: new MemoryJobStore(),
      archive: new MemoryArchive(),
      close: () => Promise.resolve(),
    },
    watch: {
      log: openLog('shelves', 'silent'),
      metrics: openMetrics('shelves'),
      traces: openTraces({ service: 'shelves', ratio: 0 }),
    },
    clock: systemClock,
    tokens: {
      claims: () =>
        tenant === 'nobody'
          ? Promise.reject(new Problem(401, 'token-missing'))
          : Promise.resolve({
              tenant,
              actor: { kind: 'user', id: 'ann' },
              scopes: ['shelves:read'],
              expiresAtMs: Number.MAX_SAFE_INTEGER,
            }),
    },
  };

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [serviceModule(service, parts)] })
      .overrideProvider(QUERIES)
      .useValue({ count: () => Promise.resolve(7) })
      .compile();
    app = module.createNestApplication<NestFastifyApplication>(doorAdapter(settings), { bodyParser: false });
    prepareDoor(app, settings);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  beforeEach(() => {
    tenant = 'acme';
    order.length = 0;
  });
  afterAll(() => app.close());

  const get = async (url: string) => {
    const answer = await app.inject({ method: 'GET', url, headers: { authorization: 'Bearer a.b.c' } });
    return { status: answer.statusCode, type: String(answer.headers['content-type']), body: answer.json<object>() };
  };

  it('runs guards, interceptors and pipes in the order that Nest says, around a controller with overridden providers', async () => {
    expect(await get('/v1/shelves/tea')).toMatchObject({
      status: 200,
      body: { name: 'TEA', tenant: 'ACME', count: 7, wrapped: true },
    });
    expect(order).toEqual(['guard of acme', 'before', 'pipe', 'pipe', 'handler', 'after']);
  });

  it('tells what a guard refuses as a problem, and runs nothing behind it', async () => {
    tenant = 'globex';
    const refused = await get('/v1/shelves/tea');
    expect(refused).toMatchObject({ status: 403, body: { code: 'scope-missing', status: 403 } });
    expect(refused.type).toContain('application/problem+json');
    expect(order).toEqual(['guard of globex']);
  });

  it('tells what a pipe refuses as a problem, too', async () => {
    expect(await get('/v1/shelves/tea/3')).toMatchObject({ status: 200, body: { place: 3, tenant: 'acme' } });
    expect(await get('/v1/shelves/tea/three')).toMatchObject({ status: 400, body: { code: 'request-malformed' } });
  });

  it('asks for a token before any guard of its own', async () => {
    tenant = 'nobody';
    expect(await get('/v1/shelves/tea')).toMatchObject({ status: 401, body: { code: 'token-missing' } });
    expect(order).toEqual([]);
  });
});
