/** Starts the sandbox; says in one JSON line on stdout where its systems listen. */
import { readSettings } from './config.js';
import { startSandbox } from './sandbox.js';

try {
  const sandbox = await startSandbox(readSettings(process.env));
  process.stdout.write(`${JSON.stringify({ ready: true, ports: sandbox.ports, urls: sandbox.urls })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
