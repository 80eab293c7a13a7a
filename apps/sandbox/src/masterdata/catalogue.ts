/**
 * The ERP's master data: what it has published last of every entity, node, customer and item. A change gets the next
 * version; the same content again gets the version, id and time it had, so a repetition is a duplicate.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { derivedId } from '@crossdock/kernel';
import {
  CustomerChanged,
  EntityChanged,
  ItemChanged,
  NodeChangedV2,
  type CustomerChangedData,
  type EntityChangedData,
  type ItemChangedData,
  type Message,
  type NodeChangedV2Data,
} from '@crossdock/contracts';
import { Journal, type Place } from '../books/journal.js';

type Unversioned<D> = Omit<D, 'version'>;
/** Master data of one import, before the ERP has given versions. */
export interface MasterData {
  readonly entities: readonly Unversioned<EntityChangedData>[];
  readonly nodes: readonly Unversioned<NodeChangedV2Data>[];
  readonly customers: readonly Unversioned<CustomerChangedData>[];
  readonly items: readonly Unversioned<ItemChangedData>[];
}
export const MESSAGES = {
  entities: EntityChanged,
  nodes: NodeChangedV2,
  customers: CustomerChanged,
  items: ItemChanged,
} as const;
export type Part = keyof typeof MESSAGES;
export const PARTS = Object.keys(MESSAGES) as Part[];

/** A message as it stands on the stream. */
export interface Publication {
  readonly id: string;
  readonly part: Part;
  readonly tenant: string;
  readonly key: string;
  readonly version: number;
  readonly at: string;
  readonly data: object;
}
interface Known {
  readonly version: number;
  readonly content: string;
  readonly place: Place;
}

export const messageOf = (part: Part): Message => MESSAGES[part];
const contentOf = (data: object): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32);
const withoutVersion = ({ version: _version, ...rest }: Record<string, unknown>): object => rest;

export class Catalogue {
  private constructor(
    private readonly known: Map<string, Known>,
    private readonly journal: Journal<Publication>,
  ) {}

  static async open(folder: string): Promise<Catalogue> {
    const known = new Map<string, Known>();
    const journal = await Journal.open<Publication>(join(folder, 'master-data.ndjson'), (publication, place) => {
      const content = contentOf(withoutVersion(publication.data as Record<string, unknown>));
      known.set(idOf(publication), { version: publication.version, content, place });
    });
    return new Catalogue(known, journal);
  }

  /** Gives versions to what is new or has changed, writes it down, and answers all that is to be published. */
  async enter(tenant: string, data: MasterData): Promise<Publication[]> {
    const at = new Date().toISOString();
    const entries = PARTS.flatMap((part) => data[part].map((one) => this.versioned(part, tenant, one, at)));
    return Promise.all(entries);
  }

  /** All that was ever published, in its newest version: for a stream that was lost. */
  async *all(): AsyncGenerator<Publication> {
    for (const { place } of this.known.values()) yield await this.journal.read(place);
  }

  /** Newest data of a part, for systems that need it, such as the shop. */
  async *of<D>(part: Part, tenant: string): AsyncGenerator<D> {
    for (const [id, { place }] of this.known) {
      if (id.startsWith(`${part}|${tenant}|`)) yield (await this.journal.read(place)).data as D;
    }
  }

  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const id of this.known.keys())
      counts[id.split('|', 1)[0] as string] = (counts[id.split('|', 1)[0] as string] ?? 0) + 1;
    return counts;
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private async versioned(part: Part, tenant: string, data: object, at: string): Promise<Publication> {
    const message = messageOf(part);
    const key = message.key(data);
    const content = contentOf(data);
    const id = idOf({ part, tenant, key });
    const before = this.known.get(id);
    if (before?.content === content) return this.journal.read(before.place);
    const version = (before?.version ?? 0) + 1;
    const messageId = derivedId('masterdata', tenant, message.type, key, version, content);
    const publication: Publication = { id: messageId, part, tenant, key, version, at, data: { ...data, version } };
    const place = await this.journal.append(publication);
    this.known.set(id, { version, content, place });
    return publication;
  }
}

const idOf = ({ part, tenant, key }: Pick<Publication, 'part' | 'tenant' | 'key'>): string =>
  `${part}|${tenant}|${key}`;
