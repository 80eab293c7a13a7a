/** Kills what runs, one after the other, at points spread over the day's progress. What is next waits until all is back. */
import { STAGES, type Standing } from './standing.ts';

export interface Victim {
  readonly name: string;
  /** share of the day, 0 to 1, at which it is struck */
  readonly at: number;
  /** completes "is ... at 50 % of the day" */
  readonly deed: string;
  /** Does it and resolves when everything works again. */
  strike(): Promise<void>;
}
export interface DrillPlan {
  readonly victims: readonly Victim[];
  readonly say: (line: string) => void;
}

/** Points for so many victims: none at the very start, where nothing is under way, nor at the very end. */
export const pointsFor = (victims: number): readonly number[] =>
  Array.from({ length: victims }, (_, at) => 0.08 + (0.8 * at) / Math.max(1, victims - 1));

/** Share of all that a day's orders go through; `expected` when not all are handed in yet. */
export const shareDone = ({ documents, progress }: Pick<Standing, 'documents' | 'progress'>, expected = 0): number => {
  const total = Math.max(documents.orders, expected) * STAGES.length;
  return total === 0 ? 0 : STAGES.reduce((sum, stage) => sum + progress[stage], 0) / total;
};

export class Drill {
  readonly #victims: readonly Victim[];
  readonly #say: DrillPlan['say'];
  #next = 0;
  #running: Promise<void> | undefined;
  #failure: unknown;

  constructor({ victims, say }: DrillPlan) {
    this.#victims = victims.toSorted((a, b) => a.at - b.at);
    this.#say = say;
  }

  /** every victim was struck and is back */
  get over(): boolean {
    return this.#next >= this.#victims.length && this.#running === undefined;
  }
  get note(): string | undefined {
    const victim = this.#victims[this.#next - 1];
    return this.#running && victim ? `${victim.name} was ${victim.deed} and comes back` : undefined;
  }

  /** Strikes the next one when its point is reached, or at once when the day is too short for it. */
  at(share: number, dayIsOver = false): void {
    const victim = this.#victims[this.#next];
    if (this.#running || !victim || (share < victim.at && !dayIsOver)) return;
    this.#next += 1;
    this.#say(`drill: ${victim.name} is ${victim.deed} at ${Math.round(share * 100)} % of the day`);
    this.#running = this.#strike(victim);
  }

  async #strike(victim: Victim): Promise<void> {
    const startedAt = Date.now();
    try {
      await victim.strike();
      this.#say(`drill: ${victim.name} is back after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#running = undefined;
    }
  }

  /** Throws what a strike failed with. */
  check(): void {
    if (this.#failure) throw this.#failure;
  }
}
