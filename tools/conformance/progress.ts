/** One line that renews itself on a terminal; else a line every few seconds. */
import { createLogUpdate } from 'log-update';

export interface Progress {
  show(line: string): void;
  /** leaves nothing on a terminal */
  done(): void;
}
const EVERY_MS = 5_000;

export function openProgress(output: NodeJS.WriteStream, nowMs: () => number = Date.now): Progress {
  if (output.isTTY) {
    const line = createLogUpdate(output);
    return { show: (text) => line(text), done: () => line.clear() };
  }
  let saidAt = -Infinity;
  return {
    show: (text) => {
      if (nowMs() - saidAt < EVERY_MS) return;
      saidAt = nowMs();
      output.write(`${text}\n`);
    },
    done: () => undefined,
  };
}
