/** A place where a partner puts files down: a folder, or a folder of a server. */
import type { Readable } from 'node:stream';

export interface Lying {
  readonly name: string;
  readonly bytes: number;
  /** as the place tells it, to compare only */
  readonly modified: number;
}
export interface Drop {
  /** plain files only, as they lie now */
  list(): Promise<readonly Lying[]>;
  open(name: string): Promise<Readable>;
  /** puts a file out of the way, into a folder beside: `archive`, `refused` */
  move(name: string, into: string, as: string): Promise<void>;
  close(): Promise<void>;
}
export type OpenDrop = () => Promise<Drop>;

/** Names by which senders say that they are still writing. */
const UNFINISHED = /^\.|~$|\.(part|partial|tmp|temp|filepart|writing|crdownload|inprogress|swp)$/i;
export const isUnfinished = (name: string): boolean => UNFINISHED.test(name);
