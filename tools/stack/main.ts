/** `npm run stack`: the two servers alone, kept up until Ctrl-C; `-- --wipe` deletes their books. */
import { Command } from 'commander';
import { failSetUp, SetUpFailure } from '../setup/failure.ts';
import { booksOf, megabytes, wipeBooks } from './books.ts';
import { CLONE_DIR, filesOf, serviceNames } from './files.ts';
import { startStack, type Stack } from './stack.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const command = new Command('npm run stack --')
  .description('Starts nats-server and mongod for this clone and keeps them up until Ctrl-C.')
  .option('--wipe', 'delete the books of this clone (orders, stock, journals, streams) and say how much that freed')
  .option('--nats-port <port>', 'port of nats-server instead of the kept one', portNumber)
  .option('--mongo-port <port>', 'port of mongod instead of the kept one', portNumber)
  .option('--mongo-cache-gb <size>', 'cache of mongod, 0.25 at least', cacheSize, 0.5);

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new SetUpFailure(`${text} is no port (1 to 65535)`);
  return port;
}

function cacheSize(text: string): number {
  const size = Number(text);
  if (!(size >= 0.25)) throw new SetUpFailure(`${text} is no cache size (GB, 0.25 at least)`);
  return size;
}

async function wipe(): Promise<void> {
  const books = await booksOf(CLONE_DIR);
  const freed = await wipeBooks(CLONE_DIR);
  if (books.length === 0) say('There were no books.');
  for (const { name, bytes } of books) say(`  ${name.padEnd(12)} ${megabytes(bytes)}`);
  say(`Books deleted, ${megabytes(freed)} freed.`);
}

async function keepUp(options: { natsPort?: number; mongoPort?: number; mongoCacheGb: number }): Promise<void> {
  const services = serviceNames();
  const stack = await startStack({
    dir: CLONE_DIR,
    keepData: true,
    services,
    ports: { nats: options.natsPort, mongo: options.mongoPort },
    mongoCacheGb: options.mongoCacheGb,
    say,
  });
  await describe(stack, services);
  if (stack.borrowedFrom) return;
  await askedToStop();
  say('Stopping; the books are kept.');
  await stack.stop();
}

async function describe(stack: Stack, services: readonly string[]): Promise<void> {
  if (stack.borrowedFrom) say(`The stack of this clone runs already, kept up by process ${stack.borrowedFrom}.`);
  say(`nats-server  ${stack.nats.url}  (monitoring ${stack.nats.monitorUrl ?? 'not known'})`);
  const files = filesOf(CLONE_DIR);
  say(`mongod       one database and user per service: ${services.join(', ')}`);
  say(`             administrator: ${stack.mongo.adminUrl}`);
  const books = await booksOf(CLONE_DIR);
  const total = books.reduce((sum, { bytes }) => sum + bytes, 0);
  say(`books        ${megabytes(total)} in ${files.data} (\`npm run stack -- --wipe\` deletes them)`);
  if (!stack.borrowedFrom) say('Ctrl-C stops both.');
}

function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    // Signal handlers alone do not keep a process up.
    const alive = setInterval(() => {}, 1 << 30);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        clearInterval(alive);
        resolve();
      });
    }
  });
}

try {
  const options = command.parse().opts();
  await (options['wipe'] ? wipe() : keepUp(options as Parameters<typeof keepUp>[0]));
} catch (error) {
  failSetUp(error);
}
