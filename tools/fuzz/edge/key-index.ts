/** Which states carry which key, kept with every commit: a batch asks for keys some thousand times. */
import type { CommitPlan } from '@crossdock/runtime';
import type { MemoryStore } from '@crossdock/testing';
import type { Row, RowsWith } from '../../sim/world/queries.ts';

export class KeyIndex {
  private readonly ids = new Map<string, Set<string>>();
  private readonly keys = new Map<string, readonly string[]>();

  /** to be called with every commit of the store */
  keep({ states }: CommitPlan): void {
    for (const { after, keys } of states) {
      const id = `${after.kind}/${after.id}`;
      for (const key of this.keys.get(id) ?? []) if (!keys.includes(key)) this.of(after.kind, key).delete(id);
      for (const key of keys) this.of(after.kind, key).add(id);
      this.keys.set(id, keys);
    }
  }
  private of(kind: string, key: string): Set<string> {
    const name = `${kind} ${key}`;
    const known = this.ids.get(name) ?? new Set();
    this.ids.set(name, known);
    return known;
  }
  rowsIn({ states }: MemoryStore): RowsWith {
    return (kind, key) => [...(this.ids.get(`${kind} ${key}`) ?? [])].map((id) => states.get(id) as Row);
  }
}
