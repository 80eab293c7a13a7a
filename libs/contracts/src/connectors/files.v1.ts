import { bySelf, defineCommand } from '../language/define.js';
import {
  IsFlag,
  IsInstant,
  IsKey,
  IsListOf,
  IsNote,
  IsOneOf,
  IsShort,
  IsText,
  IsTexts,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** Something wrong in a document: a code of the reason catalogue, where, and a text that names the values. */
export class DocumentFault {
  @IsKey() code!: string;
  @IsNote(200) path!: string;
  @IsNote(1000) text!: string;
}

/** Bytes that arrived at one of the doors, archived under their hash before anybody read them. */
export class ReceivedFile {
  @IsKey('file') fileId!: string;
  /** door and connection: `http`, `webhook:acme-shop`, `folder:acme`, `sftp:acme` */
  @IsText(100) source!: string;
  /** SHA-256 of the bytes, hex */
  @IsKey('hash') hash!: string;
  @IsWhole() bytes!: number;
  @Optional() @IsNote(200) name?: string;
  @Optional() @IsNote(100) contentType?: string;
  /** the partner when the door knows it; else the document's sender tells */
  @Optional() @IsKey('partner') partner?: string;
  /** id that the sender gave this delivery */
  @Optional() @IsNote(200) delivery?: string;
}
const ofFile = {
  key: (data: { readonly fileId: string }) => data.fileId,
  lane: bySelf((data: { readonly fileId: string }) => data.fileId),
};

export const ReceiveFile = defineCommand(
  'connectors',
  'receive-file',
  1,
  class ReceiveFileData extends ReceivedFile {},
  {
    about: 'A file arrived at a door; its bytes are archived.',
    ...ofFile,
    travels: 'door',
  },
);

export const TakeFile = defineCommand('connectors', 'take-file', 1, class TakeFileData extends ReceivedFile {}, {
  about: "What a thin event named was fetched from its partner's shop; its bytes are archived.",
  ...ofFile,
  travels: 'private',
});

export class TranslateFileData {
  @IsKey('file') fileId!: string;
  @IsKey('hash') hash!: string;
  @IsWhole() bytes!: number;
  @Optional() @IsKey('partner') partner?: string;
  /** when it arrived: agreements and references that were valid then are used */
  @IsInstant() receivedAt!: string;
}
export const TranslateFile = defineCommand('connectors', 'translate-file', 1, TranslateFileData, {
  about: 'Reads the archived bytes and finds the documents within.',
  ...ofFile,
  travels: 'ask',
});

/** A document of ours that an incoming acknowledgement is about. */
export class AcknowledgedDispatch {
  @IsKey('dispatch') dispatchId!: string;
  @IsFlag() accepted!: boolean;
  @IsNote(200) text!: string;
}
/** Characters of a document's number that are kept beside it, and found: as many as EDIFACT's DE 1004 has. */
export const NUMBER_MAX = 70;
/** One transaction set, message or document of a file. */
export class FoundDocument {
  /** place in the file, from 0 */
  @IsWhole(0, 100_000) place!: number;
  @IsKey('partner') partner!: string;
  @IsText(20) standard!: string;
  @IsText(60) type!: string;
  @Optional() @IsNote(60) release?: string;
  /** ST02, UNH01 */
  @Optional() @IsNote(40) control?: string;
  @Optional() @IsNote(40) group?: string;
  /** which interchange of the file it stands in, from 0 */
  @Optional() @IsWhole(0, 100_000) nth?: number;
  /** ISA13, UNB05 */
  @Optional() @IsNote(40) interchange?: string;
  /** GS01: what an acknowledgement of the group names */
  @Optional() @IsNote(10) functionalGroup?: string;
  @Optional() @IsNote(60) sender?: string;
  @Optional() @IsNote(60) receiver?: string;
  @Optional() @IsNote(10) senderQualifier?: string;
  @Optional() @IsNote(10) receiverQualifier?: string;
  @Optional() @IsFlag() test?: boolean;
  /** business number: purchase order, invoice, shipment */
  @Optional() @IsNote(NUMBER_MAX) number?: string;
  /** canonical kind; absent when it can't be mapped */
  @Optional() @IsKey('kind') kind?: string;
  /** archive hash of the canonical document as JSON */
  @Optional() @IsKey() canonical?: string;
  /** version of the code tables by which it was read */
  @Optional() @IsKey() tables?: string;
  @Optional() @IsListOf(AcknowledgedDispatch, 100) acknowledges?: AcknowledgedDispatch[];
  @IsListOf(DocumentFault, 50) faults!: DocumentFault[];
}
/** An interchange of a known partner in which nothing could be read: only its ends and its number are known. */
export class UnreadInterchange {
  @IsKey('partner') partner!: string;
  @IsText(20) standard!: string;
  /** which interchange of the file it is, from 0 */
  @IsWhole(0, 100_000) nth!: number;
  /** ISA13, UNB05 */
  @IsNote(40) interchange!: string;
  @IsShort(60) sender!: string;
  @IsShort(60) receiver!: string;
  @Optional() @IsNote(10) senderQualifier?: string;
  @Optional() @IsNote(10) receiverQualifier?: string;
  @Optional() @IsFlag() test?: boolean;
}
export class FileTranslatedData {
  @IsKey('file') fileId!: string;
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  @Optional() @IsNote(20) standard?: string;
  @IsListOf(FoundDocument, 10_000) documents!: FoundDocument[];
  @Optional() @IsListOf(UnreadInterchange, 10_000) unread?: UnreadInterchange[];
  /** archive hashes of what each document says of itself, in the order of the file: a page each, as JSON lines */
  @Optional() @IsTexts(1_000) figures?: string[];
  @IsListOf(DocumentFault, 50) faults!: DocumentFault[];
}
export const FileTranslated = defineCommand('connectors', 'record-translation', 1, FileTranslatedData, {
  about: 'What was found in a file: its documents, or why it can not be read.',
  ...ofFile,
  travels: 'answer',
});

export class DecideFileData {
  @IsKey('file') fileId!: string;
  @IsOneOf(['replay', 'discard']) verdict!: 'replay' | 'discard';
  @IsNote(1000) comment!: string;
  /** named by a person when the file itself tells no known partner */
  @Optional() @IsKey('partner') partner?: string;
}
export const DecideFile = defineCommand('connectors', 'decide-file', 1, DecideFileData, {
  about: 'A person has a quarantined file read again, or discards it with a reason.',
  ...ofFile,
  travels: 'door',
});
