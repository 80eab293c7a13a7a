import { gathered } from './gathered.js';

/** Calls that end when they are told to. */
const slowly = () => {
  const calls: { inputs: readonly number[]; end: (error?: Error) => void }[] = [];
  const ask = gathered<number, string>(
    (inputs) =>
      new Promise((resolve, reject) => {
        calls.push({ inputs, end: (error) => (error ? reject(error) : resolve(inputs.map((input) => `<${input}>`))) });
      }),
    3,
  );
  return { calls, ask };
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls that are gathered', () => {
  it('go at once when nobody else asks, and together while one is under way', async () => {
    const { calls, ask } = slowly();
    const all = Promise.all([1, 2, 3, 4, 5].map(ask));
    expect(calls.map(({ inputs }) => inputs)).toEqual([[1]]);
    calls[0]?.end();
    await settle();
    expect(calls[1]?.inputs).toEqual([2, 3, 4]);
    calls[1]?.end();
    await settle();
    calls[2]?.end();
    expect(await all).toEqual(['<1>', '<2>', '<3>', '<4>', '<5>']);
  });
  it('fail together, and the next goes on', async () => {
    const { calls, ask } = slowly();
    const first = ask(1);
    const second = ask(2);
    calls[0]?.end(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settle();
    calls[1]?.end();
    expect(await second).toBe('<2>');
  });
});
