import { outsideBy } from './outside.js';

describe('an exchange of bytes', () => {
  const sent: RequestInit[] = [];
  const exchanged = (response: () => Response | Promise<Response>) =>
    outsideBy({
      attempt: 1,
      signal: AbortSignal.timeout(1_000),
      correlationId: 'c',
      key: 'k',
      fetch: async (_url, init) => {
        sent.push(init ?? {});
        return response();
      },
    }).exchange('POST', 'http://outside', new TextEncoder().encode('<a/>'), { 'Content-Type': 'text/xml' });

  it.each([200, 202, 301, 400, 401, 404, 500, 501])('gives what came with status %i', async (status) => {
    const answer = await exchanged(() => new Response('<b/>', { status }));
    expect(answer).toEqual({ status, bytes: new TextEncoder().encode('<b/>') });
    expect(sent.at(-1)).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'text/xml', 'x-correlation-id': 'c', 'idempotency-key': 'k' },
      body: Buffer.from('<a/>'),
    });
  });
  it.each([408, 425, 429, 502, 503, 504])('means try again with status %i, not before it may', async (status) => {
    const busy = exchanged(() => new Response('', { status, headers: { 'retry-after': '7' } }));
    await expect(busy).rejects.toMatchObject({ message: `status ${status}`, retryAfterMs: 7_000 });
  });
  it('means try again where there is no answer, or half of one', async () => {
    await expect(exchanged(() => Promise.reject(new TypeError('fetch failed')))).rejects.toThrow('no connection');
    const half = new ReadableStream({
      pull: (controller) => controller.error(new Error('cut')),
    });
    await expect(exchanged(() => new Response(half))).rejects.toThrow('the answer broke off');
  });
});
