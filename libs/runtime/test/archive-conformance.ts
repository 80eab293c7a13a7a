/** What every archive must do, whether it lies in memory or in MongoDB. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { TooManyBytes, type Archive } from '../src/index.js';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const DAY_MS = 86_400_000;

/** `open`: one that keeps webhooks for 2 days and files for 5. */
export const archiveConformance = (open: () => Archive): void => {
  const LARGE = Buffer.alloc(3 * 1024 * 1024, 'crossdock ');

  it('gives bytes back as they came, under their hash', async () => {
    const body = Buffer.from([0, 255, 10, 13, 39]);
    const kept = await open().put('acme', body, 100);
    expect(kept).toEqual({ hash: sha(body), bytes: 5 });
    expect(Buffer.from((await open().read('acme', kept.hash)) as Uint8Array)).toEqual(body);
  });
  it('takes a stream, small or large', async () => {
    for (const body of [Buffer.from('tea'), LARGE]) {
      const parts = [body.subarray(0, 2), body.subarray(2)];
      const kept = await open().put('acme', Readable.from(parts), LARGE.length);
      expect(kept).toEqual({ hash: sha(body), bytes: body.length });
      const found = await open().open('acme', kept.hash);
      expect(found?.bytes).toBe(body.length);
      expect(sha(await buffer(found?.stream as Readable))).toBe(kept.hash);
    }
  });
  it('keeps the same bytes once, and for each tenant apart', async () => {
    for (const body of [Buffer.from('twice'), LARGE]) {
      const first = await open().put('acme', body, LARGE.length);
      expect(await open().put('acme', body, LARGE.length)).toEqual(first);
      expect(await open().read('other', first.hash)).toBeUndefined();
    }
  });
  it('keeps nothing of bytes that are too many', async () => {
    const endless = Readable.from([LARGE, LARGE, LARGE, LARGE]);
    await expect(open().put('acme', endless, LARGE.length + 1)).rejects.toThrow(TooManyBytes);
    // Whoever sends them is still to be answered.
    expect(endless.destroyed).toBe(false);
    await expect(open().put('acme', Buffer.from('four'), 3)).rejects.toThrow(TooManyBytes);
    expect(await open().read('acme', sha(Buffer.from('four')))).toBeUndefined();
  });
  it('deletes what it has kept for the days of its kind, counted from when it came last', async () => {
    const [scan, file] = [Buffer.from('a scan'), Buffer.concat([LARGE, Buffer.from('a file')])];
    const after = (days: number): Date => new Date(Date.now() + days * DAY_MS);
    const kept = { scan: await open().put('acme', scan, 100, 'webhook'), file: await open().put('acme', file, 9e6) };
    const isThere = async ({ hash }: { hash: string }): Promise<boolean> =>
      (await open().read('acme', hash)) !== undefined;
    await open().forget(after(1.9));
    expect([await isThere(kept.scan), await isThere(kept.file)]).toEqual([true, true]);
    expect(await open().forget(after(2.1))).toBeGreaterThan(0);
    expect([await isThere(kept.scan), await isThere(kept.file)]).toEqual([false, true]);
    // What came again as something that is kept longer is kept longer.
    await open().put('acme', scan, 100, 'webhook');
    await open().put('acme', scan, 100, 'file');
    await open().forget(after(4.9));
    expect([await isThere(kept.scan), await isThere(kept.file)]).toEqual([true, true]);
    await open().forget(after(5.1));
    expect([await isThere(kept.scan), await isThere(kept.file)]).toEqual([false, false]);
    expect(await open().put('acme', file, 9e6)).toEqual(kept.file);
    expect(await isThere(kept.file)).toBe(true);
  });
  it('takes nothing at all as well', async () => {
    const kept = await open().put('acme', Buffer.alloc(0), 10);
    expect(await open().read('acme', kept.hash)).toHaveLength(0);
  });
};
