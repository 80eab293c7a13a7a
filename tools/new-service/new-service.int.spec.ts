/** A fifth service is one command: it is made in a copy of this clone, built, tested, linted, and started. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import jetstream from '@nats-io/jetstream';
import { execa, type Result } from 'execa';
import getPort from 'get-port';
import { ROOT } from '../stack/files.ts';
import { startStack, testDir, type Stack } from '../stack/index.ts';
import { until } from '../stack/until.ts';
import { copyOfClone, environmentOf } from './copy.ts';

const NAME = 'rate-cards';
/** A deadline for what hangs: it builds everything anew, next to other tests, maybe on a slow disk. */
const COMMAND_MS = 280_000;
const LONG_MS = 300_000;
const LAST_LINES = 6;

const how = ({ timedOut, signal, exitCode, shortMessage }: Result): string => {
  if (timedOut) return `did not end within ${COMMAND_MS / 1000} s`;
  if (signal) return `killed by ${signal}`;
  return exitCode === undefined ? (shortMessage ?? 'did not start') : `exit code ${exitCode}`;
};

/** In one line: what names a failure, or else what was said last. Nx begins with all that it wrote. */
function reasonIn(said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(CREATE|UPDATE) |^Pass --verbose/.test(line));
  const telling = lines.filter((line) => /error|failed|●|out of step|Code style|breaks/i.test(line));
  return (telling.length > 0 ? telling : lines).slice(-LAST_LINES).join(' | ');
}

describe('npm run new:service', () => {
  let copy: string;
  /** Runs one of the packages' commands in the copy; how it ended and what it said last, when it fails. */
  const run = async (tool: string, ...args: string[]): Promise<string> => {
    const ended = await execa(join(copy, 'node_modules', '.bin', tool), args, {
      cwd: copy,
      reject: false,
      all: true,
      stdin: 'ignore',
      extendEnv: false,
      env: environmentOf(copy),
      timeout: COMMAND_MS,
    });
    if (ended.exitCode === 0) return '';
    return `${tool} ${args.join(' ')}: ${how(ended)}: ${reasonIn(ended.all ?? '')}`;
  };

  beforeAll(() => {
    copy = copyOfClone();
  }, 60_000);
  afterAll(() => rm(copy, { recursive: true, force: true }));

  it(
    'makes a service that compiles, with all that derives from it',
    async () => {
      expect(await run('nx', 'g', '@crossdock/tools:service', NAME)).toBe('');
      expect(existsSync(join(copy, 'apps', NAME, 'dist', 'src', 'main.js'))).toBe(true);
      expect(await run('node', join('tools', 'sync', 'main.ts'), '--check')).toBe('');
      const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
      expect(read('CODEOWNERS')).toMatch(/^\/apps\/rate-cards\/ +@crossdock\/rate$/m);
      expect(read(`apps/${NAME}/README.md`)).toContain('| `rate.evt.rate-card-registered.v1` | subscribers |');
    },
    LONG_MS,
  );

  it('whose lock file is as npm would write it', async () => {
    const lock = JSON.parse(readFileSync(join(copy, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(lock.packages).toMatchObject({
      [`apps/${NAME}`]: { name: `@crossdock/${NAME}` },
      [`node_modules/@crossdock/${NAME}`]: { link: true, resolved: `apps/${NAME}` },
    });
  });

  it(
    'whose own tests hold, and those of the published language with it',
    async () => {
      const files = [`apps/${NAME}`, 'libs/contracts/test/samples', 'libs/contracts/test/generated'];
      expect(await run('jest', '--selectProjects', 'unit', '--runInBand', '--', ...files)).toBe('');
    },
    LONG_MS,
  );

  it(
    'which is formatted and keeps the rules of this repository',
    async () => {
      expect(await run('eslint', '--max-warnings', '0', `apps/${NAME}`, 'libs/contracts/src/rate')).toBe('');
      expect(await run('prettier', '--check', `apps/${NAME}`, 'libs/contracts', 'tsconfig.json')).toBe('');
    },
    LONG_MS,
  );

  it(
    'refuses a name or a domain that is taken',
    async () => {
      expect(await run('nx', 'g', '@crossdock/tools:service', NAME)).toContain('is there already');
      expect(await run('nx', 'g', '@crossdock/tools:service', 'orders-desk')).toContain('belongs to another service');
      expect(await run('nx', 'g', '@crossdock/tools:service', 'Orders')).not.toBe('');
    },
    LONG_MS,
  );

  it('leaves this clone as it was', () => {
    expect(existsSync(join(ROOT, 'apps', NAME))).toBe(false);
  });

  describe('started on real servers', () => {
    let servers: Stack;
    let service: ChildProcess;
    let url: string;

    beforeAll(async () => {
      servers = await startStack({ dir: await testDir(NAME), keepData: false, mongoCacheGb: 0.25, services: [NAME] });
      const port = await getPort();
      url = `http://127.0.0.1:${port}`;
      service = spawn(process.execPath, [join('apps', NAME, 'dist', 'src', 'main.js')], {
        cwd: copy,
        stdio: 'ignore',
        env: {
          ...environmentOf(copy),
          CROSSDOCK_NATS_URL: servers.nats.url,
          CROSSDOCK_MONGO_URL: servers.mongo.url(NAME),
          CROSSDOCK_ISSUER_URL: 'http://127.0.0.1:1',
          CROSSDOCK_HTTP_PORT: String(port),
        },
      });
    }, 60_000);
    afterAll(async () => {
      service?.kill('SIGKILL');
      await servers?.stop();
    }, 30_000);

    it('becomes ready', async () => {
      const check = async (): Promise<boolean> => (await fetch(`${url}/health/ready`)).ok;
      await until({ what: 'the new service to be ready', deadlineMs: 30_000, check });
    }, 40_000);

    it('has provisioned its stream', async () => {
      const connection = await connect({ servers: servers.nats.url });
      const manager = await jetstream.jetstreamManager(connection);
      expect((await manager.streams.info('RATE')).config.subjects).toEqual(['rate.evt.>', 'rate.cmd.>']);
      await connection.close();
    });

    it('shows its interface, asks for a token, and ends cleanly when told to', async () => {
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      expect((await fetch(`${url}/v1/rate-cards`)).status).toBe(401);
      service.kill('SIGTERM');
      const [code] = (await once(service, 'exit')) as [number | null];
      expect(code).toBe(0);
    }, 20_000);
  });
});
