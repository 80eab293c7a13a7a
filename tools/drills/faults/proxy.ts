/** A TCP proxy that delays, cuts, and swallows without a word. */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** `deaf`: bytes are taken and nothing is given on, as on a half-open connection; `cut`: connections end, new ones too */
export type Mood = 'well' | 'slow' | 'deaf' | 'cut';
export const DELAY_MS = 200;

/** One link; what flows through it depends on the mood. */
export class Proxy {
  mood: Mood = 'well';
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  constructor(host: string, port: number) {
    this.#server = createServer((near) => {
      if (this.mood === 'cut') return void near.destroy();
      const far = connect(port, host);
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      this.#pass(near, far);
      this.#pass(far, near);
      for (const socket of pair) {
        socket.setNoDelay(true);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#pairs.delete(pair);
          near.destroy();
          far.destroy();
        });
      }
    });
  }

  /** Bytes keep their order also when they are late. A deaf link takes them and gives nothing: half-open. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on('data', (bytes) => {
      if (this.mood === 'well') {
        last = last.then(() => void to.write(bytes));
        return;
      }
      if (this.mood === 'deaf') return;
      const late = pause(DELAY_MS);
      last = last.then(() => late).then(() => void to.write(bytes));
    });
  }

  /** After a deaf spell the two sides would never agree again: such a connection ends. */
  set(mood: Mood): void {
    const torn = mood === 'cut' || this.mood === 'deaf';
    this.mood = mood;
    if (torn) for (const [near] of this.#pairs) near.destroy();
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as { port: number }).port;
  }
  async close(): Promise<void> {
    this.set('cut');
    await new Promise<void>((done) => void this.#server.close(() => done()));
  }
}
