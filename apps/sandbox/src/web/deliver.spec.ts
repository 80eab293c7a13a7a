import type { Answer } from './call.js';
import { deliver, judgeCallback, judgeWebhook, type Verdict } from './deliver.js';

const answering = (...statuses: number[]) => {
  const left = [...statuses];
  return () => {
    const status = left.shift() ?? 200;
    return status === 0 ? Promise.reject(new Error('connection broken')) : Promise.resolve({ status, body: '' });
  };
};
const delivering = (send: () => Promise<Answer>, judge: (answer: Answer, attempt: number) => Verdict = judgeCallback) =>
  deliver({ send, judge, room: (task) => task(), signal: new AbortController().signal, backoffMs: [0, 0] });

describe('a callback', () => {
  it('is sent once when it is taken', async () => {
    expect(await delivering(answering(201))).toMatchObject({ outcome: 'done', attempts: 1 });
  });

  it('is sent again after broken connections, errors and rate limits', async () => {
    expect(await delivering(answering(0, 500, 503, 429, 408, 202))).toMatchObject({ outcome: 'done', attempts: 6 });
  });

  it('is given up when it is refused for good', async () => {
    expect(await delivering(answering(503, 422))).toMatchObject({
      outcome: 'refused',
      attempts: 2,
      answer: { status: 422 },
    });
  });

  it('waits for the other side to learn of its document, but not for ever', async () => {
    expect(await delivering(answering(404, 404, 200))).toMatchObject({ outcome: 'done', attempts: 3 });
    const never = () => Promise.resolve({ status: 404, body: '' });
    expect(await delivering(never)).toMatchObject({ outcome: 'refused', attempts: 30 });
  });

  it('ends with the sandbox', async () => {
    const stop = new AbortController();
    stop.abort();
    const send = answering(500);
    await expect(
      deliver({ send, judge: judgeCallback, room: (task) => task(), signal: stop.signal }),
    ).rejects.toThrow();
  });
});

describe('a webhook', () => {
  it('is sent until it is answered with 2xx, whatever came before', async () => {
    expect(await delivering(answering(401, 404, 422, 500, 200), judgeWebhook)).toMatchObject({
      outcome: 'done',
      attempts: 5,
    });
  });
});
