/** A drill: a trading day under load, and what is done to it meanwhile. */
import type { Say } from '../setup/failure.ts';
import { randomOf, type Random } from '../random.ts';
import type { Links, Platform, Servers } from '../start/platform.ts';
import type { Stack } from '../stack/index.ts';

/** What a strike may reach. */
export interface Scene {
  readonly platform: Platform;
  readonly random: Random;
  readonly say: Say;
  /** length of the day */
  readonly minutes: number;
}
/** What else has to be true before a strike counts as recovered from. */
export type Whole = () => Promise<boolean>;

export interface Strike {
  /** whom it hits */
  readonly name: string;
  /** completes "<name> is ..." */
  readonly deed: string;
  /** how often it hits; 1 unless said */
  readonly blows?: number;
  /** Does it. The day goes on when every service takes requests again. */
  readonly strike: (scene: Scene) => Promise<void>;
  /** looks at what is there before the strike, to know afterwards when all of it is there again */
  readonly remembers?: (scene: Scene) => Promise<Whole>;
}

/** What has to be there before the servers start, and is taken away at the end. */
export interface Grounds {
  /** more servers than one of a kind */
  readonly servers?: Servers;
  /** settings of every service, by the names of their variables */
  readonly variables?: Readonly<Record<string, string>>;
  /** services reach their servers by these URLs instead of their own */
  /** by service: milliseconds that its clock is off */
  readonly clocks?: Readonly<Record<string, number>>;
  readonly links?: (stack: Stack, services: readonly string[]) => Promise<Links>;
  readonly leave: () => Promise<void>;
}

export interface Drill {
  readonly name: string;
  /** for the table: what is done, in one sentence */
  readonly about: string;
  /** strikes (each with all its blows) that the whole drill asks for; fewer when the day is short */
  readonly most: number;
  /** strikes that fit a minute */
  readonly perMinute: number;
  readonly prepare?: (dir: string, seed: string) => Promise<Grounds>;
  readonly strikes: (count: number, random: Random) => readonly Strike[];
  /** orders of its own instead of a generated day: writes them into the folder and gives the file */
  readonly orders?: (dir: string, minutes: number) => Promise<string>;
  /** what else is wrong when the day is over; empty: nothing */
  readonly after?: (scene: Scene) => Promise<readonly string[]>;
  /** messages that must end in quarantine; everything else must not */
  readonly deadLetters?: number;
}

/** A drill's seed is a word (FNV-1a makes the number). */
export const randomFrom = (seed: string): Random =>
  randomOf([...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261));

export const strikesIn = ({ most, perMinute }: Pick<Drill, 'most' | 'perMinute'>, minutes: number): number =>
  Math.max(1, Math.min(most, Math.round(perMinute * minutes)));

/** In an order that the seed gives (Fisher and Yates). */
export const shuffled = <T>(random: Random, all: readonly T[]): readonly T[] => {
  const mixed = [...all];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
};
