/** What every archive must do, whether it lies in memory or in MongoDB. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { TooManyBytes, type Archive } from '../src/index.js';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

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
  it('takes nothing at all as well', async () => {
    const kept = await open().put('acme', Buffer.alloc(0), 10);
    expect(await open().read('acme', kept.hash)).toHaveLength(0);
  });
};
