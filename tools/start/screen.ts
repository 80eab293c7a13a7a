/** Where progress is shown: a block that renews itself on a terminal, else a plain line every few seconds. */
import { createLogUpdate } from 'log-update';
import { plainLine, stageLines, type ProgressView } from './stages.ts';

export interface Screen {
  /** A line that stays. */
  say(line: string): void;
  progress(view: ProgressView): void;
  /** Leaves the last state of the block where it is. */
  done(): void;
}

const PLAIN_EVERY_MS = 3_000;

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export const openScreen = (output: Output & NodeJS.WriteStream, nowMs: () => number = Date.now): Screen =>
  output.isTTY ? liveScreen(output) : plainScreen(output, nowMs);

/** A terminal that tells no size (0 by 0) would be shown nothing at all. */
const sized = (output: NodeJS.WriteStream): NodeJS.WriteStream =>
  ({
    isTTY: true,
    get rows() {
      return output.rows || 24;
    },
    get columns() {
      return output.columns || 120;
    },
    write: (text: string) => output.write(text),
  }) as NodeJS.WriteStream;

function liveScreen(output: NodeJS.WriteStream): Screen {
  const block = createLogUpdate(sized(output));
  let shown: ProgressView | undefined;
  const draw = () => {
    if (shown) block(`\n${stageLines(shown).join('\n')}`);
  };
  return {
    say: (line) => {
      block.clear();
      output.write(`${line}\n`);
      draw();
    },
    progress: (view) => {
      shown = view;
      draw();
    },
    done: () => {
      block.done();
      shown = undefined;
    },
  };
}

/** Nothing is said twice, and nothing more often than every few seconds. */
export function plainScreen(output: Output, nowMs: () => number): Screen {
  let saidAt = -Infinity;
  let said = '';
  let held: ProgressView | undefined;
  const write = (view: ProgressView) => {
    const line = plainLine(view);
    if (line === said) return;
    said = line;
    saidAt = nowMs();
    output.write(`${line}\n`);
  };
  return {
    say: (line) => void output.write(`${line}\n`),
    progress: (view) => {
      held = view;
      if (nowMs() - saidAt >= PLAIN_EVERY_MS) write(view);
    },
    done: () => {
      if (held) write(held);
      held = undefined;
    },
  };
}
