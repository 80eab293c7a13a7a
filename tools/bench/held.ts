/** What runs on behalf of the bench. Whoever interrupts it must not find servers and services still running. */
const held = new Set<Held>();

/** Something that has begun to start, or runs; ended once, whoever comes first. */
export class Held {
  readonly #end: () => Promise<unknown>;
  #ended: Promise<unknown> | undefined;

  constructor(end: () => Promise<unknown>) {
    this.#end = end;
    held.add(this);
  }
  async end(): Promise<void> {
    this.#ended ??= this.#end().finally(() => held.delete(this));
    await this.#ended;
  }
}

/** Ends all, the youngest first: servers outlive what stands on them. */
export const endAll = async (): Promise<void> => {
  for (const one of [...held].reverse()) await one.end().catch(() => undefined);
};
