/** A drill: a trading day under load, and what is done to it meanwhile. */
import type { Say } from '../setup/failure.ts';
import { randomOf, type Random } from '../random.ts';
import type { Links, Platform } from '../start/platform.ts';
import type { Stack } from '../stack/index.ts';

/** What a strike may reach. */
export interface Scene {
  readonly platform: Platform;
  readonly random: Random;
  readonly say: Say;
  /** length of the day */
  readonly minutes: number;
}
export interface Strike {
  /** whom it hits */
  readonly name: string;
  /** completes "<name> is ..." */
  readonly deed: string;
  /** Does it. The day goes on when every service takes requests again. */
  readonly strike: (scene: Scene) => Promise<void>;
}

/** What has to be there before the servers start, and is taken away at the end. */
export interface Grounds {
  /** services reach their servers by these URLs instead of their own */
  readonly links?: (stack: Stack) => Promise<Links>;
  readonly leave: () => Promise<void>;
}

export interface Drill {
  readonly name: string;
  /** for the table: what is done, in one sentence */
  readonly about: string;
  /** strikes that the whole drill asks for; fewer when the day is short */
  readonly most: number;
  /** strikes that fit a minute */
  readonly perMinute: number;
  readonly prepare?: (dir: string, seed: string) => Promise<Grounds>;
  readonly strikes: (count: number, random: Random) => readonly Strike[];
  /** messages that must end in quarantine; everything else must not */
  readonly deadLetters?: number;
}

/** A drill's seed is a word (FNV-1a makes the number). */
export const randomFrom = (seed: string): Random =>
  randomOf([...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261));

export const strikesIn = ({ most, perMinute }: Pick<Drill, 'most' | 'perMinute'>, minutes: number): number =>
  Math.max(1, Math.min(most, Math.round(perMinute * minutes)));
