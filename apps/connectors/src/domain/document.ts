/** A partner's document from received to acknowledged: where it stands, how it came there, and what holds it up. */
import { derivedId, kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { Addressing, DocumentFault, DocumentStep, FoundDocument, TakeDocumentData } from '@crossdock/contracts';
import { US } from './partner.js';

export interface Step {
  readonly step: DocumentStep;
  readonly at: Instant;
  /** reason code of a quarantine */
  readonly reason?: string;
  readonly by?: string;
  readonly text?: string;
}
/** All that was found when it was taken from its file; `found` are faults of the document itself. */
export interface DocumentHeader extends Omit<TakeDocumentData, 'faults'> {
  readonly correlationId: string;
  readonly found: readonly DocumentFault[];
  readonly steps: readonly Step[];
  readonly mappingVersion?: number;
  readonly orderId?: string;
  /** faults that a person let pass */
  readonly accepted: readonly string[];
}
export interface Quarantined extends DocumentHeader {
  readonly status: 'quarantined';
  readonly reason: string;
  readonly faults: readonly DocumentFault[];
}
/** `validated` waits for its mapping, `mapped` for its order; a kind that no order comes of ends `mapped`. */
export type KnownDocument =
  | (DocumentHeader & {
      readonly status: 'validated' | 'mapped' | 'applied' | 'acknowledged' | 'discarded' | 'duplicate';
    })
  | Quarantined;
export type DocumentState = { readonly status: 'none' } | KnownDocument;

export type DocumentFact =
  | {
      readonly type: 'document-taken';
      readonly at: Instant;
      readonly correlationId: string;
      readonly document: Omit<TakeDocumentData, 'faults'>;
      readonly found: readonly DocumentFault[];
    }
  | { readonly type: 'document-validated'; readonly at: Instant }
  | {
      readonly type: 'document-quarantined';
      readonly at: Instant;
      readonly reason: string;
      readonly faults: readonly DocumentFault[];
    }
  | {
      readonly type: 'document-mapped';
      readonly at: Instant;
      readonly mappingVersion?: number;
      readonly orderId?: string;
      readonly text?: string;
    }
  | { readonly type: 'document-known-before'; readonly at: Instant; readonly text: string }
  | { readonly type: 'document-applied'; readonly at: Instant }
  | { readonly type: 'document-acknowledged'; readonly at: Instant; readonly text: string }
  | {
      readonly type: 'document-decided';
      readonly at: Instant;
      readonly how: 'replayed' | 'discarded';
      readonly by: string;
      readonly text: string;
      readonly accepted: readonly string[];
    };

/** Replays add steps without end; the first and the newest are what people look for. */
const MOST_STEPS = 200;
const withSteps = (state: DocumentHeader, ...more: readonly Step[]): readonly Step[] => {
  const all = [...state.steps, ...more];
  return all.length <= MOST_STEPS ? all : [...all.slice(0, 5), ...all.slice(all.length - MOST_STEPS + 5)];
};

const rest = (state: KnownDocument): DocumentHeader => {
  if (state.status !== 'quarantined') return state;
  const { reason: _reason, faults: _faults, ...header } = state;
  return header;
};
const taken = (state: DocumentState, fact: DocumentFact & { type: 'document-taken' }): KnownDocument => {
  const { at, document, correlationId, found } = fact;
  const known = state.status === 'none' ? undefined : state;
  const before = known ? known.steps : [{ step: 'received' as const, at: document.receivedAt }];
  const steps: readonly Step[] = [...before, { step: 'deduplicated', at }, { step: 'parsed', at }];
  return { ...document, correlationId, found, steps, accepted: known?.accepted ?? [], status: 'validated' };
};

export const evolveDocument = (state: DocumentState, fact: DocumentFact): DocumentState => {
  if (fact.type === 'document-taken') return taken(state, fact);
  if (state.status === 'none') return state;
  const header = rest(state);
  const { at } = fact;
  switch (fact.type) {
    case 'document-validated':
      return { ...header, status: 'validated', steps: withSteps(header, { step: 'validated', at }) };
    case 'document-quarantined': {
      const { reason, faults } = fact;
      const text = faults
        .map((one) => one.text)
        .slice(0, 10)
        .join('; ');
      const steps = withSteps(header, { step: 'quarantined', at, reason, text });
      return { ...header, status: 'quarantined', reason, faults, steps };
    }
    case 'document-mapped': {
      const { mappingVersion, orderId, text } = fact;
      const more = { ...(mappingVersion === undefined ? {} : { mappingVersion }), ...(orderId ? { orderId } : {}) };
      const step = { step: 'mapped' as const, at, ...(text ? { text } : {}) };
      return { ...header, ...more, status: 'mapped', steps: withSteps(header, step) };
    }
    default:
      return evolveLater(header, fact);
  }
};
const evolveLater = (header: DocumentHeader, fact: DocumentFact): DocumentState => {
  const { at } = fact;
  switch (fact.type) {
    case 'document-known-before': {
      const steps = withSteps(header, { step: 'deduplicated', at, text: fact.text });
      return { ...header, status: 'duplicate', steps };
    }
    case 'document-applied':
      return { ...header, status: 'applied', steps: withSteps(header, { step: 'applied', at }) };
    case 'document-acknowledged': {
      const steps = withSteps(header, { step: 'acknowledged', at, text: fact.text });
      return { ...header, status: 'acknowledged', steps };
    }
    case 'document-decided': {
      const { how, by, text } = fact;
      if (how === 'discarded')
        return { ...header, status: 'discarded', steps: withSteps(header, { step: 'discarded', at, by, text }) };
      const accepted = [...new Set([...header.accepted, ...fact.accepted])];
      const steps = withSteps(header, { step: 'fixed', at, by, text }, { step: 'replayed', at, by });
      return { ...header, accepted, status: 'validated', steps };
    }
    default:
      return header as DocumentState;
  }
};

export const documentKind = kind<DocumentState, DocumentFact>({
  initial: () => ({ status: 'none' }),
  evolve: evolveDocument,
  keys: (document) =>
    document.status === 'none'
      ? []
      : [
          'document:all',
          `status:${document.status}`,
          `partner:${document.partner}`,
          `partner:${document.partner}:${document.status}`,
          `file:${document.fileId}`,
          `correlationId:${document.correlationId}`,
          ...(document.status === 'quarantined' ? [`reason:${document.reason}`] : []),
          ...(document.number ? [`documentNo:${document.number}`] : []),
          ...(document.control ? [`control:${document.control}`] : []),
          ...(document.interchange ? [`control:${document.interchange}`] : []),
          ...(document.orderId ? [`orderId:${document.orderId}`] : []),
        ],
});
export const documentRef = (documentId: string): Ref => ref('document', documentId);
/** A file read again has the same documents, as long as they are of the same partner. */
export const documentIdIn = (fileId: string, { partner, place }: Pick<FoundDocument, 'partner' | 'place'>): string =>
  derivedId('document', fileId, partner, place);

type Ends = Pick<TakeDocumentData, 'senderQualifier' | 'receiverQualifier' | 'test'>;
/** Ends of the exchange as an envelope named them; we are whom it was sent to. */
export const addressingIn = ({
  sender,
  senderQualifier,
  receiver,
  receiverQualifier,
  test,
}: Ends & { readonly sender: string; readonly receiver: string }): Addressing => ({
  ourId: receiver,
  theirId: sender,
  ...(receiverQualifier ? { ourQualifier: receiverQualifier } : {}),
  ...(senderQualifier ? { theirQualifier: senderQualifier } : {}),
  ...(test ? { test: true } : {}),
});
export const addressingOf = (document: KnownDocument): Addressing =>
  addressingIn({ ...document, sender: document.sender ?? document.partner, receiver: document.receiver ?? US });

/** A control number that a partner has used, and the document that used it first. */
export interface ControlUse {
  readonly documentId?: string;
}
export interface ControlUsed {
  readonly type: 'control-used';
  readonly documentId: string;
}
export const controlKind = kind<ControlUse, ControlUsed>({
  initial: () => ({}),
  evolve: (state, { documentId }) => ({ documentId: state.documentId ?? documentId }),
});
/** Undefined for documents without control numbers: shops and XML have none. */
export const controlRef = ({
  partner,
  standard,
  interchange,
  group,
  control,
}: Pick<TakeDocumentData, 'partner' | 'standard' | 'interchange' | 'group' | 'control'>): Ref | undefined =>
  interchange || control
    ? ref('control', [partner, standard, interchange ?? '', group ?? '', control ?? ''].join('|'))
    : undefined;

/** What made a sent order of another one: a change by a document of the partner's. */
export interface SentChange {
  /** the order that the partner speaks of: the first one under its number */
  readonly namedOrderId: string;
  /** the newest document that wanted it changed: it is answered with what becomes of the lines */
  readonly answers?: string;
  /** archive hashes of the changes, in the order in which they were taken */
  readonly changes: readonly string[];
}
/** An order that was handed on under its identity, and the document that it came by. */
export type SentOrder =
  | { readonly status: 'none' }
  | {
      readonly status: 'sent' | 'refused' | 'taken';
      readonly documentId: string;
      readonly contentHash: string;
      /** whose lane the order has: a change or cancellation of it goes there */
      readonly account?: string;
      /** of an order that stands in the place of another one */
      readonly changed?: SentChange;
    };
export type SentOrderFact =
  | {
      readonly type: 'order-sent';
      readonly documentId: string;
      readonly contentHash: string;
      readonly account?: string;
      readonly changed?: SentChange;
    }
  | { readonly type: 'order-noted'; readonly status: 'taken' | 'refused' };
export const sentOrderKind = kind<SentOrder, SentOrderFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'order-sent') {
      const { type: _type, ...sent } = fact;
      return { status: 'sent', ...sent };
    }
    return state.status === 'none' ? state : { ...state, status: fact.status };
  },
});
export const sentOrderRef = (orderId: string): Ref => ref('sentOrder', orderId);
