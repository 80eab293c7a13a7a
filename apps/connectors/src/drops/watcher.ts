/**
 * Looks at one place again and again. A file is taken once it has lain unchanged from one look to another: half-written
 * ones are left alone. What was taken goes to `archive`, what is refused to `refused`; anything else is tried again.
 */
import { derivedId } from '@crossdock/kernel';
import { isUnfinished, type Drop, type Lying, type OpenDrop } from './drop.js';

export interface Watched {
  readonly name: string;
  readonly open: OpenDrop;
  /** takes the bytes in; the hash that they are kept under, or a sentence why they never will be */
  readonly take: (drop: Drop, file: Lying) => Promise<{ readonly hash: string } | { readonly refused: string }>;
  readonly trouble: (what: string, error: unknown) => void;
  /** how long a file must lie unchanged */
  readonly settleMs: number;
  readonly now: () => number;
}
interface Seen extends Lying {
  readonly since: number;
}

export class Watcher {
  private drop: Drop | undefined;
  private seen = new Map<string, Seen>();
  constructor(private readonly watched: Watched) {}

  /** One look; how many files were taken. A place that is away is opened again at the next look. */
  async look(): Promise<number> {
    try {
      this.drop ??= await this.watched.open();
      return await this.takeSettled(this.drop);
    } catch (error) {
      this.watched.trouble(`${this.watched.name} can't be looked at`, error);
      await this.close();
      return 0;
    }
  }

  async close(): Promise<void> {
    const drop = this.drop;
    this.drop = undefined;
    await drop?.close().catch(() => undefined);
  }

  private async takeSettled(drop: Drop): Promise<number> {
    const lying = (await drop.list()).filter(({ name }) => !isUnfinished(name));
    const now = this.watched.now();
    this.seen = new Map(
      lying.map((file): [string, Seen] => {
        const before = this.seen.get(file.name);
        const same = before?.bytes === file.bytes && before.modified === file.modified;
        return [file.name, { ...file, since: same ? before.since : now }];
      }),
    );
    let taken = 0;
    const settled = [...this.seen.values()].filter(({ since }) => now - since >= this.watched.settleMs);
    for (const file of settled.sort((a, b) => a.modified - b.modified || (a.name < b.name ? -1 : 1)))
      if (await this.take(drop, file)) taken++;
    return taken;
  }

  private async take(drop: Drop, file: Seen): Promise<boolean> {
    const { take, trouble, name } = this.watched;
    try {
      const told = await take(drop, file);
      const stamp = 'hash' in told ? told.hash.slice(0, 12) : derivedId(file.name, file.modified).slice(0, 12);
      if ('refused' in told) trouble(`${name}: ${file.name} is refused: ${told.refused}`, undefined);
      // The hash stands before the name: the same name may come every day, and its ending stays.
      await drop.move(file.name, 'hash' in told ? 'archive' : 'refused', `${stamp}-${file.name}`);
      this.seen.delete(file.name);
      return true;
    } catch (error) {
      trouble(`${name}: ${file.name} could not be taken`, error);
      return false;
    }
  }
}
