import { openProgress } from './progress.ts';

it('tells a log now and then, not of every file', () => {
  const said: string[] = [];
  let now = 0;
  const output = { isTTY: false, write: (text: string) => said.push(text) } as unknown as NodeJS.WriteStream;
  const progress = openProgress(output, () => now);
  for (const at of [0, 1_000, 4_999, 5_000, 9_999]) {
    now = at;
    progress.show(`at ${at}`);
  }
  progress.done();
  expect(said).toEqual(['at 0\n', 'at 5000\n']);
});
