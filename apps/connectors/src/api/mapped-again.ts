/** Maps a document again without any effect, for a person who compares versions. */
import { IsKey, IsWhole, Optional, type MadeBy } from '@crossdock/contracts';
import type { Instant } from '@crossdock/kernel';
import { Problem, type Archive, type Queries } from '@crossdock/runtime';
import { readAgain } from '../ask/read-again.js';
import type { CanonicalDocument } from '../canonical/document.js';
import type { KnownDocument } from '../domain/document.js';
import { differences, type Difference } from '../map/differences.js';
import { TABLES_VERSION } from '../map/code-tables.js';
import { canonicalOf, mapCanonical, mappingsOf, type MapBy, type Mapped } from '../map/map-document.js';

export class MappingLook {
  /** of the partner's mapping; the newest that holds on the document's day when left out, 0 is everybody's */
  @Optional() @IsWhole() version?: number;
  /** of the tables of codes: `2026-11-22`; the newest when left out */
  @Optional() @IsKey() tables?: string;
}
/** What a document is by one version of tables and mapping, in our own numbers. */
export interface Made extends Mapped {
  readonly madeBy: MadeBy;
}
export interface MappedAgain {
  /** what was made of it at the time; null of a document that has not been mapped yet */
  readonly own: Made | null;
  readonly asked: Made;
  /** from `own` to `asked`, in our own numbers: `order.lines[0].unit` */
  readonly differences: readonly Difference[];
  /** from the archived canonical form to what its bytes read as now: `data.lines[0].quantity.unit` */
  readonly canonical: {
    /** false: its bytes are gone or too many to be read while somebody waits; the archived form was mapped */
    readonly isReadAgain: boolean;
    readonly differences: readonly Difference[];
  };
}
interface Kept {
  readonly archive: Archive;
  readonly queries: Queries;
}

/** When what stands in its state was mapped. */
const mappedAt = ({ steps }: KnownDocument): Instant | undefined => steps.findLast(({ step }) => step === 'mapped')?.at;
const compared = ({ mappingVersion: _version, ...mapped }: Mapped): unknown => mapped;
const formOf = ({ kind, data }: CanonicalDocument): unknown => ({ kind, data });

/** `limitBytes`: of a file that is read while somebody waits. */
export const mappedAgain = async (
  kept: Kept,
  tenant: string,
  state: KnownDocument,
  { version, tables }: MappingLook,
  limitBytes: number,
): Promise<MappedAgain> => {
  const { kind, canonical: hash, receivedAt: asOf } = state;
  if (!kind || !hash) throw new Problem(404, 'not-found');
  const document = { ...state, tenant, kind, canonical: hash, asOf };
  const { versions } = await mappingsOf(kept.queries, document);
  if (version !== undefined && version !== 0 && !versions.some((one) => one.version === version)) {
    const text = `${state.partner} has no version ${version} of the mapping of ${kind}; the newest is ${versions.at(-1)?.version ?? 0}`;
    throw new Problem(404, 'not-found', { detail: text, errors: [{ reason: 'not-found', field: 'version', text }] });
  }
  const archived = await canonicalOf(kept.archive, tenant, hash);
  const again = await readAgain(kept, limitBytes, { tenant, document: state, ...(tables ? { tables } : {}) });
  const made = async (of: CanonicalDocument, by: MapBy, table: string | undefined): Promise<Made> => {
    const mapped = await mapCanonical(kept.queries, { ...document, kind: of.kind }, of, by);
    const madeBy = { ...(table ? { tables: table } : {}), mappingVersion: mapped.mappingVersion };
    return { ...mapped, madeBy };
  };
  const own =
    state.mappingVersion === undefined
      ? null
      : await made(archived, { version: state.mappingVersion, knownAt: mappedAt(state) }, state.tables);
  const asked = await made(again ?? archived, { version }, again ? (tables ?? TABLES_VERSION) : state.tables);
  const { madeBy: _asked, ...to } = asked;
  const { madeBy: _own, ...from } = own ?? asked;
  return {
    own,
    asked,
    differences: differences(compared(from), compared(to)),
    canonical: {
      isReadAgain: again !== undefined,
      differences: again ? differences(formOf(archived), formOf(again)) : [],
    },
  };
};
