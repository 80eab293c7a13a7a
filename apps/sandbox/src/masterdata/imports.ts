/** Imports that the ERP has made: what each needs of stock, and how it was opened. A file each, so a restart knows. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Demand, Opening } from './demand.js';

export interface Import {
  /** derived from the content: the same file is the same import */
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  /** first business date; receipts are posted on it */
  readonly date: string;
  readonly demand: Demand;
  /** how its stock was opened; undefined: not yet */
  readonly opened?: Opening;
  /** what the opening left out has arrived, or is on its way */
  readonly completed?: true;
}

export class Imports {
  private constructor(
    private readonly folder: string,
    private readonly known: Map<string, Import>,
  ) {}

  static async open(data: string): Promise<Imports> {
    const folder = join(data, 'imports');
    await mkdir(folder, { recursive: true });
    const known = new Map<string, Import>();
    for (const file of await readdir(folder)) {
      if (!file.endsWith('.json')) continue;
      const entry = JSON.parse(await readFile(join(folder, file), 'utf8')) as Import;
      known.set(entry.id, entry);
    }
    return new Imports(folder, known);
  }

  get(id: string): Import | undefined {
    return this.known.get(id);
  }

  all(): readonly Import[] {
    return [...this.known.values()];
  }

  async put(entry: Import): Promise<Import> {
    const file = join(this.folder, `${entry.id}.json`);
    await writeFile(`${file}.half`, JSON.stringify(entry));
    await rename(`${file}.half`, file);
    this.known.set(entry.id, entry);
    return entry;
  }
}
