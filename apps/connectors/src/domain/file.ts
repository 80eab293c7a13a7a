/** A file from the door to its documents: archived, read, or put aside because nobody can read it. */
import { derivedId, kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { DocumentFault, ReceivedFile } from '@crossdock/contracts';

export interface FileStep {
  readonly step: 'received' | 'parsed' | 'quarantined' | 'replayed' | 'discarded';
  readonly at: Instant;
  readonly by?: string;
  readonly text?: string;
}
export interface FileHeader extends Omit<ReceivedFile, 'fileId'> {
  readonly receivedAt: Instant;
  readonly correlationId: string;
  readonly steps: readonly FileStep[];
}
/** What reading it found. */
export interface FileFindings {
  readonly standard?: string;
  /** of those that a partner took on; of a quarantined file the others wait with it */
  readonly documentIds: readonly string[];
  /** archive hashes of what every document says of itself, whoever sent it (`ask/figures.ts`) */
  readonly figures?: readonly string[];
}
export interface ReadFile extends FileHeader, FileFindings {
  readonly status: 'parsed';
}
export interface QuarantinedFile extends FileHeader, FileFindings {
  readonly status: 'quarantined';
  readonly faults: readonly DocumentFault[];
}
export type KnownFile =
  (FileHeader & { readonly status: 'received' | 'replayed' | 'discarded' }) | ReadFile | QuarantinedFile;
export type FileState = { readonly status: 'none' } | KnownFile;

export type FileFact =
  | { readonly type: 'file-received'; readonly file: Omit<FileHeader, 'steps'> }
  | (FileFindings & { readonly type: 'file-parsed'; readonly at: Instant })
  | (FileFindings & {
      readonly type: 'file-quarantined';
      readonly at: Instant;
      readonly faults: readonly DocumentFault[];
    })
  | {
      readonly type: 'file-decided';
      readonly at: Instant;
      readonly how: 'replayed' | 'discarded';
      readonly by: string;
      readonly text: string;
      readonly partner?: string;
    };

const headerOf = ({
  source,
  hash,
  bytes,
  name,
  contentType,
  partner,
  delivery,
  receivedAt,
  correlationId,
  steps,
}: FileHeader): FileHeader => ({
  source,
  hash,
  bytes,
  ...(name ? { name } : {}),
  ...(contentType ? { contentType } : {}),
  ...(partner ? { partner } : {}),
  ...(delivery ? { delivery } : {}),
  receivedAt,
  correlationId,
  steps,
});
const findingsOf = ({ standard, documentIds, figures }: FileFindings): FileFindings => ({
  documentIds,
  ...(standard ? { standard } : {}),
  ...(figures ? { figures } : {}),
});
const stepped = (state: FileHeader, step: FileStep): FileHeader => ({
  ...headerOf(state),
  steps: [...state.steps, step],
});

export const evolveFile = (state: FileState, fact: FileFact): FileState => {
  if (fact.type === 'file-received') {
    const steps = [{ step: 'received' as const, at: fact.file.receivedAt }];
    return { ...fact.file, status: 'received', steps };
  }
  if (state.status === 'none') return state;
  const { at } = fact;
  switch (fact.type) {
    case 'file-parsed':
      return { ...stepped(state, { step: 'parsed', at }), status: 'parsed', ...findingsOf(fact) };
    case 'file-quarantined': {
      const text = fact.faults.map(({ text: told }) => told).join('; ');
      const aside = stepped(state, { step: 'quarantined', at, text });
      return { ...aside, status: 'quarantined', faults: fact.faults, ...findingsOf(fact) };
    }
    case 'file-decided': {
      const { how, by, text, partner } = fact;
      return { ...stepped(state, { step: how, at, by, text }), status: how, ...(partner ? { partner } : {}) };
    }
    default:
      return state;
  }
};

export const fileKind = kind<FileState, FileFact>({
  initial: () => ({ status: 'none' }),
  evolve: evolveFile,
  keys: (file) =>
    file.status === 'none'
      ? []
      : [
          'file:all',
          `status:${file.status}`,
          `hash:${file.hash}`,
          `source:${file.source}`,
          `correlationId:${file.correlationId}`,
          ...(file.partner ? [`partner:${file.partner}`] : []),
        ],
});
export const fileRef = (fileId: string): Ref => ref('file', fileId);
/** The same delivery, or the same bytes from the same source, is the same file and has one effect. */
export const fileIdOf = (
  tenant: string,
  { source, partner, delivery, hash }: Pick<ReceivedFile, 'source' | 'partner' | 'delivery' | 'hash'>,
): string => derivedId('file', tenant, source, partner ?? '', delivery ?? hash);
