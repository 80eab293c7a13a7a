/**
 * Syntax notes of the X12 segment directory for segments of the sets that are read: conditions between elements of a
 * segment, in its own notation (X12.6 section 3.7.3: P0607, R0203 ...). Each row begins with the first release that has
 * its notes that way; before the first row nothing is held against a sender. Sources: the directories of 003020 to
 * 005010 as published by their readers, and the syntax rows of the HIPAA guides for the segments they share.
 */
type Editions = readonly (readonly [since: string, notes: string])[];

const two = (element: number): string => String(element).padStart(2, '0');
/** A note of elements two by two, such as the qualifiers and ids of a line: `P0607 P0809 ...` to `last`. */
const each = (type: 'P' | 'C', first: number, last: number): string =>
  Array.from(
    { length: (last - first + 1) / 2 },
    (_, at) => `${type}${two(first + 2 * at)}${two(first + 2 * at + 1)}`,
  ).join(' ');

const CURRENCY_TIMES = 'L101112 C1110 C1210 L131415 C1413 C1513 L161718 C1716 C1816 L192021 C2019 C2119';
const WEIGHTS = 'P101112 P131415';

const NOTES: Readonly<Record<string, Editions>> = {
  ACK: [
    ['003020', `C0203 C0405 ${each('C', 7, 26)}`],
    ['003050', `P0203 C0405 ${each('P', 7, 28)}`],
  ],
  ADX: [['004010', 'P0304']],
  AT7: [['004010', 'E0103 P0102 P0304 C0605 C0706']],
  B10: [['004010', 'R0106 E0105 P0506']],
  BGN: [['004010', 'C0504']],
  BPR: [['004010', 'P0607 C0809 P1213 C1415 P1819 C2021']],
  CAD: [['004010', 'R0506']],
  CTB: [
    ['003020', 'R0204 P0304'],
    ['003030', 'R020406 P0304 P0506'],
  ],
  CTP: [['004010', 'P0405 C0607 C0902 C1002 C1103']],
  CTT: [['004010', 'P0304 P0506']],
  CUR: [['004010', `C0807 C0907 ${CURRENCY_TIMES}`]],
  DTM: [
    ['003020', 'R0203'],
    ['003050', 'R020306 C0403 P0607'],
    ['004010', 'R020305 C0403 P0506'],
  ],
  ENT: [['004010', 'P020304 P050607 P0809']],
  FOB: [['003020', 'C0302 C0405 C0706 C0809']],
  G61: [['004010', 'P0304']],
  G62: [['004010', 'P0102 P0304']],
  G72: [['003020', 'R03050809 E050809 P0607']],
  IT1: [
    ['003050', each('C', 6, 25)],
    ['004010', `P020304 ${each('P', 6, 25)}`],
  ],
  ITD: [['003020', 'L03040513 L08040513']],
  L0: [['004010', 'P0203 P0405 P0607 P0809 C1104 P1315']],
  L1: [['004010', 'R040506 P0203 P1415 P1718']],
  L11: [['003050', 'R0103 P0102']],
  L3: [['004010', 'P0102 P0304 P0910 C1201 P1415']],
  LIN: [['004010', each('P', 4, 31)]],
  LQ: [['004010', 'C0102']],
  MAN: [['004010', 'P0405 C0605']],
  MEA: [['004010', 'R03050608 L050412 L060412 L07030506 E0803']],
  MS1: [['004010', 'L010203 E0104 C0201 C0301 P0405 C0604 C0704 C0801']],
  MSG: [['004010', 'C0302']],
  N1: [['003040', 'R0203 P0304']],
  N4: [
    ['004010', 'C0605'],
    ['005010', 'E0207 C0605 C0704'],
  ],
  N9: [['004010', 'R0203 C0605']],
  NM1: [['004010', 'P0809 C1110']],
  PER: [['004010', each('P', 3, 8)]],
  PID: [
    ['003040', 'C0403 R0405'],
    ['004010', 'C0403 R0405 C0703 C0804 C0905'],
  ],
  PO1: [
    ['003050', `C0302 C0504 ${each('C', 6, 25)}`],
    ['004010', `C0302 C0504 ${each('P', 6, 25)}`],
  ],
  PO4: [
    ['003020', 'C0203 C0809'],
    ['003030', 'C0203 C0506 C0607 C0809'],
    ['003050', 'P0203 C0506 P0607 C0809'],
  ],
  POC: [['004010', `C0305 ${each('P', 8, 27)}`]],
  QTY: [['004010', 'R0204 E0204']],
  RDR: [['004010', 'E0203']],
  REF: [['003040', 'R0203']],
  RMR: [
    ['003020', 'C0201'],
    ['003040', 'P0102'],
    ['004010', 'P0102 P0708'],
  ],
  SAC: [
    ['003040', 'R0203 P0304'],
    ['004010', 'R0203 P0304 P0607 P0910 C1110 L130204 C1413'],
    ['005010', 'R0203 P0304 P0607 P0910 C1110 C1413 C1615'],
  ],
  SCH: [['004010', 'C0304 L080910 C0908 C1008']],
  SDQ: [['004010', each('P', 5, 22)]],
  SLN: [['004010', `P0405 C0706 C0806 ${each('P', 9, 28)}`]],
  SN1: [['004010', 'P0506']],
  TD1: [['004010', 'C0102 C0304 C0607 P0708 P0910']],
  TD5: [
    ['003020', 'R020405 C0203 C0708'],
    ['003030', 'R0204050612 C0203 C0708 C1011'],
    ['004010', 'R0204050612 C0203 C0708 C1011 C1312 C1413 C1512'],
  ],
  TXI: [['003040', 'R020306 P0405 C0803']],
  W01: [['003050', 'R0304 P0405 P0607 P1011 P1516']],
  W04: [['003050', 'R0304 P0405 P0607 P1011 P1415']],
  W07: [['003050', 'R0304 P0607 P1011']],
  W12: [['003050', `R0607 P0708 ${WEIGHTS} P1718 P2122`]],
  W20: [['003050', 'P0203 P040506 P0809']],
  W27: [['003050', 'R0203']],
};

/** One note: its type and the elements it is of. */
export interface SyntaxNote {
  /** as the directory writes it: `P0607` */
  readonly text: string;
  readonly type: string;
  readonly elements: readonly number[];
}

const notesIn = (text: string): readonly SyntaxNote[] =>
  text.split(' ').map((note) => ({
    text: note,
    type: note.slice(0, 1),
    elements: (note.slice(1).match(/\d\d/g) ?? []).map(Number),
  }));

const READ: ReadonlyMap<string, readonly (readonly [since: string, notes: readonly SyntaxNote[]])[]> = new Map(
  Object.entries(NOTES).map(([tag, editions]) => [
    tag,
    editions.map(([since, text]) => [since, notesIn(text)] as const),
  ]),
);

/** Notes of a segment in a release such as `004010`. */
export const notesOf = (tag: string, release: string): readonly SyntaxNote[] =>
  READ.get(tag)?.findLast(([since]) => since <= release)?.[1] ?? [];
