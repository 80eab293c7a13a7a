/** A trading partner: agrees, orders through the HTTP door, and fetches what it is sent from its mailbox. */
import type { PartnerProfile } from '@crossdock/contracts';
import { eventually, type Json, type World } from '../../bad-input/test/world.ts';
import { PEPPA } from './documents.ts';

const CONNECTORS = 'connectors';
/** As much of what connectors reads as is used here; its reader is loaded, as no tool is built on an app. */
interface Read {
  readonly type: string;
  readonly canonical?: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> };
  readonly faults: readonly object[];
}
interface Interchange {
  readonly control?: string;
  readonly documents: readonly Read[];
  readonly faults: readonly object[];
}
const TRANSLATE = '../../../apps/connectors/src/translate';
const reader = async (): Promise<(bytes: Uint8Array) => readonly Interchange[]> => {
  const { translateBytes } = (await import(`${TRANSLATE}/translate-bytes.ts`)) as {
    translateBytes: (bytes: Uint8Array, context: unknown) => { readonly interchanges: readonly Interchange[] };
  };
  const { NO_CONTEXT } = (await import(`${TRANSLATE}/translation.ts`)) as { NO_CONTEXT: unknown };
  return (bytes) => translateBytes(bytes, NO_CONTEXT).interchanges;
};
export interface Sent extends Read {
  readonly control: string;
  /** number of the interchange as its keeper counts it */
  readonly counted: number;
}

/** A buyer by Peppol, as both sides of its trade need it. */
export const PEPPA_PROFILE: Omit<PartnerProfile, 'status'> = {
  name: 'Peppa Ltd',
  identifiers: [{ scheme: '0088', value: PEPPA }],
  agreements: [
    { standard: 'UBL', types: [], direction: 'in', account: 'PEPPA', country: 'GB', respond: true },
    { standard: 'UBL', types: ['DespatchAdvice', 'Invoice'], direction: 'out' },
  ],
};

export class Partner {
  readonly id: string;
  private readonly world: World;
  constructor(world: World, id: string) {
    this.world = world;
    this.id = id;
  }

  private async ask(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.world.send(method, path, body === undefined ? {} : { body }, CONNECTORS);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async agrees(
    profile: Omit<PartnerProfile, 'status'>,
    references: Readonly<Record<string, string>>,
    list = 'items',
  ): Promise<void> {
    const author = 'ann, contract of January';
    const all = { author, validFrom: '2026-01-01', profile: { ...profile, status: 'active' } };
    await this.ask('PUT', `/v1/partners/${this.id}`, all);
    const entries = Object.entries(references).map(([theirs, ours]) => ({ theirs, ours }));
    await this.ask('PUT', `/v1/partners/${this.id}/references/${list}`, { author, entries });
  }

  async sends(document: string, type: string): Promise<void> {
    const headers = { 'content-type': type };
    const answer = await this.world.send('POST', '/v1/files', { body: document, headers }, CONNECTORS);
    if (answer.status !== 202) throw new Error(`the file was answered ${answer.status}: ${answer.text}`);
  }

  /** The document that came with this number, once it stands so. */
  async document(number: string, status: string): Promise<Json> {
    return (await this.documents(number, status, 1))[0] as Json;
  }
  /** All that came with this number, once so many stand so. */
  documents(number: string, status: string, count: number): Promise<readonly Json[]> {
    return eventually(`${count} of ${number} of ${this.id} to be ${status}`, async () => {
      const { documents } = await this.ask('GET', `/v1/documents?number=${number}&partner=${this.id}`);
      const found = (documents as Json[]).filter((one) => one['status'] === status);
      return found.length >= count ? found : undefined;
    });
  }

  /** All that was sent so far once there are `count`, in the order of its numbers, read as the partner reads it. */
  async mailbox(count: number): Promise<readonly Sent[]> {
    const found = await eventually(`${count} documents for ${this.id}`, async () => {
      const { dispatches } = await this.ask('GET', `/v1/dispatches?partner=${this.id}&limit=1000`);
      const sent = (dispatches as Json[]).filter(({ status }) => status !== 'queued');
      return sent.length >= count ? sent : undefined;
    });
    const inOrder = found.toSorted((a, b) => Number(a['control']) - Number(b['control']));
    return Promise.all(inOrder.map((one) => this.fetched(one)));
  }
  private async fetched({ dispatchId, control: counted }: Json): Promise<Sent> {
    const path = `/v1/dispatches/${String(dispatchId)}/content`;
    const { text } = await this.world.send('GET', path, {}, CONNECTORS);
    const [read] = (await reader())(Buffer.from(text, 'utf8'));
    const { documents, faults, control = String(counted) } = read as Interchange;
    const [document] = documents;
    if (!document || documents.length > 1 || faults.length > 0) throw new Error(`can not be read: ${text}`);
    return { ...document, control, counted: Number(counted) };
  }
}
