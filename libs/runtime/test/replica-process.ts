/** A replica as a process of its own, to be killed and frozen: `node replica-process.ts <test-a|test-b>` with its URLs. */
import { serviceA, serviceB } from './chain.ts';
import { startReplica } from './replica-of.ts';

const {
  CROSSDOCK_NATS_URL: natsUrl = '',
  CROSSDOCK_MONGO_URL: mongoUrl = '',
  CROSSDOCK_LANES: lanes = '{}',
  CROSSDOCK_TELL: tell,
} = process.env;
const service = process.argv[2] === 'test-a' ? serviceA : serviceB;
const replica = await startReplica(service, {
  natsUrl,
  mongoUrl,
  leaseMs: 1_000,
  checkMs: 500,
  lanes: JSON.parse(lanes) as Record<string, number>,
  // for whoever looks into a failing drill
  ...(tell
    ? { tell: (trouble: string) => void process.stderr.write(`${Date.now()} ${process.pid} ${trouble}\n`) }
    : {}),
});
process.on('SIGTERM', () => void replica.stop().then(() => process.exit(0)));
process.stdout.write('started\n');
