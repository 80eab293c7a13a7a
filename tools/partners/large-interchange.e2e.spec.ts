/** An interchange twice as large as the memory of the process that reads it. */
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { jest } from '@jest/globals';

jest.setTimeout(600_000);

const SENT_MB = 64;
const HEAP_MB = 32;

it(`of ${SENT_MB} MB is read by a process that has ${HEAP_MB} MB`, async () => {
  const program = fileURLToPath(new URL('test/read-large.ts', import.meta.url));
  const heap = [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=2'];
  const { stdout } = await execa(process.execPath, [...heap, program, String(SENT_MB)], { env: { NODE_OPTIONS: '' } });
  const { orders, faults, nth, sent } = JSON.parse(stdout) as Readonly<Record<string, number>>;
  expect(sent).toBeGreaterThan(SENT_MB * 1024 * 1024);
  expect(orders).toBe(nth);
  expect(faults).toBe(0);
});
