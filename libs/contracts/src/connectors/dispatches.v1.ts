import { bySelf, defineCommand, defineEvent } from '../language/define.js';
import {
  IsA,
  IsFlag,
  IsInstant,
  IsKey,
  IsListOf,
  IsNote,
  IsOneOf,
  IsRecord,
  IsShort,
  IsText,
  IsTexts,
  IsWhole,
  Optional,
} from '../language/fields.js';
import { UnreadInterchange } from './files.v1.js';
import { Delivery } from './partners.v1.js';

/** Which document for which partner: all of a partner's leave in the order of their numbers. */
export class PartnerDispatch {
  @IsKey('dispatch') dispatchId!: string;
  @IsKey('partner') partner!: string;
}
const ofDispatch = {
  key: (data: PartnerDispatch) => data.dispatchId,
  lane: bySelf((data: PartnerDispatch) => data.partner),
};

/** Both ends of an exchange, as the envelope names them. */
export class Addressing {
  @IsShort(60) ourId!: string;
  @Optional() @IsShort(10) ourQualifier?: string;
  @IsShort(60) theirId!: string;
  @Optional() @IsShort(10) theirQualifier?: string;
  @Optional() @IsFlag() test?: boolean;
}

/** A message of an interchange, and what was wrong with it. */
export class AnsweredMessage {
  @IsText(60) type!: string;
  @IsNote(40) control!: string;
  @Optional() @IsNote(60) release?: string;
  @Optional() @IsNote(40) group?: string;
  @Optional() @IsKey('document') documentId?: string;
  /** codes of its faults; none: accepted */
  @IsTexts(50) faults!: string[];
}
export class AcknowledgeFileData {
  @IsKey('file') fileId!: string;
  @IsKey('partner') partner!: string;
  @IsText(20) standard!: string;
  @IsNote(40) interchange!: string;
  @IsA(Addressing) addressing!: Addressing;
  @IsInstant() receivedAt!: string;
  /** archive hash of the file, and which of its interchanges is meant: what is said of it is read from the bytes */
  @Optional() @IsKey('hash') hash?: string;
  @Optional() @IsWhole(0, 100_000) nth?: number;
  @IsListOf(AnsweredMessage, 10_000, 1) messages!: AnsweredMessage[];
}
export const AcknowledgeFile = defineCommand('connectors', 'acknowledge-file', 1, AcknowledgeFileData, {
  about: 'An interchange was read; its partner is told so, where that is agreed.',
  key: (data) => data.fileId,
  lane: bySelf((data) => data.partner),
  travels: 'private',
});

/** Whose envelope is all that could be read of it. */
export class RefuseInterchangeData extends UnreadInterchange {
  @IsKey('file') fileId!: string;
  @IsInstant() receivedAt!: string;
  /** archive hash of the file */
  @IsKey('hash') hash!: string;
}
export const RefuseInterchange = defineCommand('connectors', 'refuse-interchange', 1, RefuseInterchangeData, {
  about: 'Nothing of an interchange could be read; its partner is told so, where acknowledgements are agreed.',
  key: (data) => data.fileId,
  lane: bySelf((data) => data.partner),
  travels: 'private',
});

export class SendDocumentData extends PartnerDispatch {
  @IsText(20) standard!: string;
  /** `997`, `855`, `CONTRL`, `ORDRSP` ... */
  @IsText(60) type!: string;
  /** of the interchange: without gaps per partner and standard */
  @IsWhole(1, 999_999_999) control!: number;
  @IsA(Addressing) addressing!: Addressing;
  @IsA(Delivery) delivery!: Delivery;
  /** what it says, for the writer of its type */
  @IsRecord() content!: Record<string, unknown>;
  /** archive hash of the canonical document that it is made from: the order that it answers, advises or bills */
  @Optional() @IsKey() canonical?: string;
  /** archive hashes of the changes of that order, in the order in which they were taken */
  @Optional() @IsTexts(1000) changes?: string[];
  @IsInstant() queuedAt!: string;
  @Optional() @IsWhole(1, 720) acknowledgedWithinHours?: number;
  /** the document that it answers */
  @Optional() @IsKey('document') documentId?: string;
  @Optional() @IsKey('order') orderId?: string;
}
export const SendDocument = defineCommand('connectors', 'send-document', 1, SendDocumentData, {
  about: 'Writes a document and hands it to its partner.',
  ...ofDispatch,
  travels: 'ask',
});
export const TellShop = defineCommand('connectors', 'tell-shop', 1, class TellShopData extends SendDocumentData {}, {
  about: "Tells a partner's shop of a fulfilment or of stock by its API.",
  ...ofDispatch,
  travels: 'ask',
});
export class DocumentSentData extends PartnerDispatch {
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  /** archive hash of the bytes that were sent */
  @Optional() @IsKey('hash') hash?: string;
  @Optional() @IsWhole() bytes?: number;
  @Optional() @IsNote(1000) text?: string;
  /** the document that it answers */
  @Optional() @IsKey('document') documentId?: string;
}
export const DocumentSent = defineCommand('connectors', 'record-delivery', 1, DocumentSentData, {
  about: 'The partner has a document, refused it, or did not answer.',
  ...ofDispatch,
  travels: 'answer',
});
export const SendNext = defineCommand('connectors', 'send-next', 1, class SendNextData extends PartnerDispatch {}, {
  about: 'The one before has left: the next document of the partner is sent.',
  ...ofDispatch,
  travels: 'private',
});

export const DispatchDue = defineCommand(
  'connectors',
  'dispatch-due',
  1,
  class DispatchDueData extends PartnerDispatch {},
  {
    about: 'By now the partner should have acknowledged what it was sent.',
    ...ofDispatch,
    travels: 'timer',
  },
);

export class DecideDispatchData extends PartnerDispatch {
  @IsOneOf(['retry', 'discard']) verdict!: 'retry' | 'discard';
  @IsNote(1000) comment!: string;
}
export const DecideDispatch = defineCommand('connectors', 'decide-dispatch', 1, DecideDispatchData, {
  about: 'A person has a refused document sent again under its number, or gives it up with a reason.',
  ...ofDispatch,
  travels: 'door',
});

export const DISPATCH_STEPS = [
  'queued',
  'sent',
  'refused',
  'retried',
  'discarded',
  'acknowledged',
  'rejected',
  'overdue',
] as const;
export type DispatchStep = (typeof DISPATCH_STEPS)[number];
export class DispatchSteppedData extends PartnerDispatch {
  @IsOneOf(DISPATCH_STEPS) step!: DispatchStep;
  @IsText(20) standard!: string;
  @IsText(60) type!: string;
  @IsWhole(1, 999_999_999) control!: number;
  /** the document that it answers */
  @Optional() @IsKey('document') documentId?: string;
}
export const DispatchStepped = defineEvent('connectors', 'dispatch-stepped', 1, DispatchSteppedData, {
  about: 'A document for a partner was queued, sent, refused ...',
  ...ofDispatch,
});
