/** What must hold of a document that came by a door: it has a state, the state says why, and nobody lost anything of it. */
import { reasonOf } from '@crossdock/contracts';

interface Fault {
  readonly code: string;
  readonly text: string;
}
/** As the API of connectors shows them; only what is judged. */
export interface SeenFile {
  readonly status: string;
  readonly faults?: readonly Fault[];
  readonly documentIds?: readonly string[];
}
export interface SeenDocument {
  readonly documentId: string;
  readonly status: string;
  readonly standard: string;
  readonly type: string;
  readonly reason?: string;
  readonly faults?: readonly Fault[];
}
/** True when somebody finds it in the operations queue: `file` or `document`, and its id. */
export type IsOpenCase = (kind: string, id: string) => boolean;

/** Where a document may stay: what asks something of others waits for their answer as `mapped`. */
const STAYS = new Set(['quarantined', 'mapped', 'applied', 'acknowledged', 'duplicate']);
/** Codes by which a service says that its own code failed. */
const OURS = new Set(['translation-failed', 'mapping-failed']);

/** A fault has a sentence, and is no defect of ours. */
export const wrongWithFaults = (faults: readonly Fault[]): string | undefined => {
  const own = faults.find(({ code }) => OURS.has(code));
  if (own) return `${own.code}: ${own.text}`;
  const silent = faults.find(({ text }) => text.trim() === '');
  return silent && `fault ${silent.code} says nothing`;
};

/** Why something is in quarantine is told in codes of the catalogue: by these operators sort it. */
const wrongWithReasons = (faults: readonly Fault[] | undefined): string | undefined => {
  if (!faults || faults.length === 0) return 'quarantined without a fault';
  const unknown = faults.find(({ code }) => reasonOf(code) === undefined);
  return unknown ? `fault code ${unknown.code} stands in no catalogue` : wrongWithFaults(faults);
};

const wrongWithDocument = (document: SeenDocument, isOpenCase: IsOpenCase): string | undefined => {
  const { documentId, status, standard, type, reason, faults } = document;
  const about = (what: string): string => `document ${documentId} (${standard} ${type}): ${what}`;
  if (!STAYS.has(status)) return about(`is left ${status}`);
  if (status !== 'quarantined') return undefined;
  if (reasonOf(reason ?? '') === undefined) return about(`quarantined for ${reason}, which is no reason`);
  const wrong = wrongWithReasons(faults);
  if (wrong) return about(wrong);
  return isOpenCase('document', documentId) ? undefined : about('quarantined, and no case tells of it');
};

/** What is wrong with how a file ended; nothing when all is well. */
export const wrongWithFile = (
  fileId: string,
  file: SeenFile | undefined,
  documents: readonly SeenDocument[],
  isOpenCase: IsOpenCase,
): string | undefined => {
  if (!file) return `file ${fileId} is not known`;
  if (file.status === 'quarantined') {
    const wrong = wrongWithReasons(file.faults);
    if (wrong) return `file: ${wrong}`;
    if (!isOpenCase('file', fileId)) return 'file: quarantined, and no case tells of it';
  } else if (file.status !== 'parsed') return `file: is left ${file.status}`;
  else if (!file.documentIds?.length) return 'file: parsed, and has no document';
  const missing = file.documentIds?.find((id) => !documents.some(({ documentId }) => documentId === id));
  if (missing) return `document ${missing} of the file is not known`;
  return documents.map((one) => wrongWithDocument(one, isOpenCase)).find((wrong) => wrong !== undefined);
};
