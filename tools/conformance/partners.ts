/**
 * A file as a partner hands it in, and as an operator takes it from there: what nobody is known to have sent is agreed
 * with whom its documents name, and read again; then every document is waited for, and what the API shows of it is told.
 */
import { accessSync, constants } from 'node:fs';
import pLimit from 'p-limit';
import type { Canonical } from './canonical.ts';
import type { Difference } from './compare.ts';
import { faultOf, isAbsent, type Door } from './door.ts';
import { unreadable, type Fault, type ReadDocument, type ReadFile, type SentFile } from './reading.ts';

/** As much of the API as is used here. */
interface ShownFile {
  readonly fileId: string;
  readonly status: string;
  readonly hash: string;
  readonly standard?: string;
  readonly faults?: readonly Fault[];
}
interface ShownFigures {
  readonly documentId?: string;
  readonly standard: string;
  readonly type: string;
  readonly control?: string;
  readonly interchange?: string;
  readonly sender?: string;
  readonly senderQualifier?: string;
  readonly number?: string;
  readonly kind?: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}
interface ShownDocument extends Omit<ShownFigures, 'faults' | 'figures'> {
  readonly status: string;
  readonly canonical?: string;
  /** of the document itself */
  readonly found: readonly Fault[];
  /** why it is in quarantine: faults of its own, or what holds it up */
  readonly faults?: readonly Fault[];
  readonly steps: readonly { readonly step: string; readonly text?: string }[];
}

const COMMENT = 'agreed with the sender, for a comparison';
const VALID_FROM = '2000-01-01';
const DOCUMENTS_AT_ONCE = 8;
const NAME_LETTERS = 100;

/** All that a sender may send by these standards, orders for an account of its own. */
const profileOf = (name: string, identifiers: readonly object[], standards: readonly string[]): object => ({
  name,
  status: 'active',
  identifiers,
  agreements: standards.map((standard) => ({ standard, types: [], direction: 'in', account: 'CONFORMANCE' })),
});
const standardsIn = (found: readonly ShownFigures[]): readonly string[] => [
  ...new Set(found.map(({ standard }) => standard)),
];

/** Its partners as an operator learns them from what the documents of the file say. */
class Onboarding {
  readonly #door: Door;
  #partners = 0;
  constructor(door: Door) {
    this.#door = door;
  }

  async #agree(identifiers: readonly object[], found: readonly ShownFigures[]): Promise<string> {
    const partner = `P${(this.#partners += 1)}`;
    const profile = profileOf(partner, identifiers, standardsIn(found));
    await this.#door.send('PUT', `/v1/partners/${partner}`, { author: COMMENT, validFrom: VALID_FROM, profile });
    return partner;
  }

  /** A partner for every name in its envelopes, as far as a partner may be called so. */
  async bySender(strange: readonly ShownFigures[]): Promise<void> {
    const senders = new Map(strange.map((one) => [`${one.senderQualifier ?? ''}|${one.sender ?? ''}`, one]));
    for (const { sender: value, senderQualifier: scheme } of senders.values())
      if (value !== undefined)
        await this.#agree([{ value, ...(scheme ? { scheme } : {}) }], strange).catch((error: unknown) =>
          faultOf(error),
        );
  }
  /** One partner for the whole file, named by a person. */
  ofAll(strange: readonly ShownFigures[]): Promise<string> {
    return this.#agree([], strange);
  }
}

export class PartnerFile {
  readonly #door: Door;
  readonly #sent: SentFile;
  constructor(door: Door, sent: SentFile) {
    this.#door = door;
    this.#sent = sent;
  }

  async read(): Promise<ReadFile> {
    const { file, path } = this.#sent;
    const name = encodeURIComponent([...file].slice(-NAME_LETTERS).join(''));
    let fileId: string;
    try {
      accessSync(path, constants.R_OK);
    } catch (error) {
      return unreadable(error);
    }
    try {
      const headers = { 'content-type': 'application/octet-stream' };
      ({ fileId } = await this.#door.upload<{ fileId: string }>(`/v1/files?name=${name}`, path, headers));
    } catch (error) {
      return { documents: [], faults: [faultOf(error)] };
    }
    const { standard, faults = [] } = await this.#taken(fileId);
    const found = await this.#figures(fileId);
    const atOnce = pLimit(DOCUMENTS_AT_ONCE);
    const documents = await Promise.all(found.map((one) => atOnce(() => this.#document(one))));
    const amiss = await this.#door.differsFrom(path, `/v1/files/${fileId}/content`);
    return { ...(standard === undefined ? {} : { standard }), documents, faults, amiss };
  }

  #atRest(fileId: string): Promise<ShownFile> {
    const isAtRest = ({ status }: ShownFile): boolean => status === 'parsed' || status === 'quarantined';
    return this.#door.shown(`${this.#sent.file} to be read`, `/v1/files/${fileId}`, isAtRest);
  }
  async #figures(fileId: string): Promise<readonly ShownFigures[]> {
    try {
      return await this.#door.lines<ShownFigures>(`/v1/files/${fileId}/figures`);
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }
  async #strange(fileId: string): Promise<readonly ShownFigures[]> {
    return (await this.#figures(fileId)).filter(({ documentId }) => documentId === undefined);
  }

  /** The file as it stands when every document of it has a partner. */
  async #taken(fileId: string): Promise<ShownFile> {
    const first = await this.#atRest(fileId);
    const strange = first.status === 'quarantined' ? await this.#strange(fileId) : [];
    if (strange.length === 0) return first;
    const onboarding = new Onboarding(this.#door);
    await onboarding.bySender(strange);
    if (strange.some(({ sender }) => sender !== undefined)) await this.#again(fileId, {});
    const nameless = await this.#strange(fileId);
    if (nameless.length > 0) await this.#again(fileId, { partner: await onboarding.ofAll(nameless) });
    return this.#atRest(fileId);
  }
  async #again(fileId: string, named: { readonly partner?: string }): Promise<void> {
    await this.#door.send('POST', `/v1/files/${fileId}/replay`, { comment: COMMENT, ...named });
    await this.#atRest(fileId);
  }

  /** A document when it has come to where it stays until somebody acts. */
  async #document(found: ShownFigures): Promise<ReadDocument> {
    const { documentId, figures } = found;
    if (documentId === undefined) return found;
    const path = `/v1/documents/${documentId}`;
    const what = `${found.standard} ${found.type} of ${this.#sent.file} to be at rest`;
    const shown = await this.#door.shown<ShownDocument>(what, path, ({ status }) => status !== 'validated');
    const canonical = shown.canonical === undefined ? {} : { canonical: await this.#canonical(path) };
    const { standard, type, number, control, status, found: faults } = shown;
    return {
      ...{ standard, type, status, figures, faults, unsettled: unsettledOf(shown), amiss: namesDiffer(found, shown) },
      ...(number ? { number } : {}),
      ...(control ? { control } : {}),
      ...canonical,
    };
  }
  #canonical(path: string): Promise<Canonical> {
    return this.#door.json<Canonical>(`${path}/canonical`);
  }
}

const NAMES = ['standard', 'type', 'control', 'interchange', 'sender', 'number', 'kind'] as const;
const namesDiffer = (found: ShownFigures, shown: ShownDocument): readonly Difference[] =>
  NAMES.filter((name) => found[name] !== shown[name]).map((name) => ({
    field: name,
    expected: found[name],
    got: shown[name],
  }));

const unsettledOf = ({ status, faults = [], found, steps }: ShownDocument): readonly Fault[] => {
  if (status === 'duplicate') return [{ code: 'duplicate', path: '', text: steps.at(-1)?.text ?? '' }];
  const own = new Set(found.map((fault) => JSON.stringify(fault)));
  return faults.filter((fault) => !own.has(JSON.stringify(fault)));
};
