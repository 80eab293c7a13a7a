/** Each table is held to the code set that it claims, as the standards' directories list it, and to its own past. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { all, meantBy, OWN, type CodeTable } from '../translate/code-table.js';
import { REC_20 } from '../translate/edi/rec20.js';
import { TABLES, TABLES_VERSION } from './code-tables.js';

const codes = (list: string): RegExp => new RegExp(`^(${list.replaceAll(' ', '|')})$`);
const TO = (last: number): RegExp => codes(Array.from({ length: last }, (_, at) => String(at + 1)).join(' '));
/** The sets as their directories list them; by the form of a code where the list is of hundreds. */
const LEGAL: Readonly<Record<string, RegExp>> = {
  'X12 355, 004010': /^[A-Z0-9]{2}$/,
  'X12 188, 004010': codes('E G K L M O P S T'),
  'X12 353, 004010': codes(
    '00 01 02 03 04 05 06 07 08 10 11 12 13 14 15 16 17 18 19 20 21 22 24 25 26 27 28 30 31 32 33 34 35 36 37 38 39 40 ' +
      '41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 5C 77 CN CO EX GR PR RH RV SU ZZ',
  ),
  'X12 473, 004010': codes('A B C D E F G L N R S T X'),
  'X12 670, 004010': codes('AI CA CB CC CE CF CG CH CI CT DI MU NC OA OC PC PQ PR QD QI RA RB RC RE RM RQ RS RZ TI'),
  'X12 587, 004010': codes('AC AD AE AH AK AP AT NA RD RF RJ RO RS ZZ'),
  'X12 668, 004010': codes('AC AR BP DR IA IB IC ID IE IF IH IP IQ IR IS IW R1 R2 R3 R4 R5 R6 SP'),
  'X12 717, 004010': codes('A E M P R W X'),
  'X12 110, 004010': codes('BA BC BE BP BR GA GC GE GP GR IA IC IE IP IR TA TC TE TP TR'),
  'X12 412, 004010': codes('01 02 03 04 05 06 07 08 09 10 11 12 13 14 16'),
  'X12 368, 004010': codes(
    'AA AB AN AP AS AU AV BK BM BO BP BT BW CA CB CC CD CE CF CI CK CL CM CN CO CP CS CT CU DA DD DE DI DO DP DR DS EC ' +
      'ED EW EX FS HQ IC ID IN IP IS LM LS LW MC NF NN NS NY OB OF OP OR PA PD PH PI PK PN PO PP PR PS QN QP RD SS',
  ),
  'X12 514, 004010': codes('A B C F J K N O P R S X Y'),
  'X12 673, 004010': /^[A-Z0-9]{2}$/,
  'X12 859, 004010': codes(
    'BS BT DG HL LS MS OF OH OP OQ PA PO Q1 Q2 Q3 QA QB QC QD QE QF QH QI QK QL QM QN QO QP QR QS QT QU QW QX QZ RE TS WQ',
  ),
  'X12 128, 004010': /^[A-Z0-9]{2,3}$/,
  'X12 1650 and 1652, 004010': codes(
    'A3 A7 A9 AF AG AH AI AJ AM AN AP AR AV B6 BA BC C1 CA CD CL CP D1 I1 J1 K1 L1 OA OO P1 PR R1 RL S1 SD ' +
      'X1 X2 X3 X4 X5 X6 X8 XB AA AB X9 XA',
  ),
  'X12 1651, 004010': codes(
    'A1 A2 A3 A5 A6 AA AD AE AF AG AH AI AJ AK AL AM AN AO AP AQ AR AS AT AU AV AW AX AY AZ B1 B2 B4 B5 B8 B9 BB BC ' +
      'BD BE BF BG BH BI BJ BK BL BM BN BO BP BQ BR BS BT C1 C2 C3 C4 C5 C6 C7 C8 C9 CA CB CC D1 D2',
  ),
  'EDIFACT 6411, D.96A': /^[A-Z0-9]{2,3}$/,
  'EDIFACT 1225, D.96A': TO(49),
  'EDIFACT 1229, D.96A': TO(24),
  'EDIFACT 4343, D.96A': codes('AA AB AC AD AF AG AI AJ AP CA CO NA RE'),
  'EDIFACT 0083, syntax version 3': TO(8),
  'EDIFACT 6063, D.01B': /^([1-9]\d{0,2}|ZZZ)$/,
  'EDIFACT 1001, D.96A': /^[1-9]\d{0,2}$/,
  'UN/ECE Recommendation 24, third revision': /^[1-9]\d{0,2}$/,
  'UNCL 4343, Peppol BIS Order Response 3': codes('AB AP CA RE'),
  'UNCL 1229, Peppol BIS Order Response 3, and LineStatusCode of UBL 2.0': codes(
    '1 3 5 7 42 Added Cancelled Disputed NoStatus Revised',
  ),
  'UNCL 1229, Peppol BIS Order Change 3, and LineStatusCode of UBL 2.0': codes(
    '1 2 3 4 Added Cancelled Disputed NoStatus Revised Changed',
  ),
  'SAP units of measurement, T006': /^[A-Z0-9]{1,3}$/,
  'SAP ACTION, ORDERS05': codes('000 001 002 003 004'),
  'WooCommerce order status, REST v3': codes(
    'auto-draft draft checkout-draft pending processing on-hold completed cancelled refunded failed trash',
  ),
  'BigCommerce order status, v2': codes('0 1 2 3 4 5 6 7 8 9 10 11 12 13 14'),
  'Amazon OrderStatus, Orders API v0': codes(
    'Pending PendingAvailability Unshipped PartiallyShipped Shipped InvoiceUnconfirmed Canceled Unfulfillable',
  ),
  'Amazon unitOfMeasure, vendor APIs v1': codes('Each Eaches Cases G Kg Oz Lb'),
  'Amazon acknowledgementCode, Vendor Orders v1': codes('Accepted Backordered Rejected'),
};
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const VERSION = /^\d{4}-\d{2}-\d{2}(\.[2-9])?$/;

describe.each(Object.entries(TABLES))('%s', (_, table) => {
  it('claims codes of its set alone', () => {
    const legal = LEGAL[table.codeSet] as RegExp;
    const dated = (table.dated ?? []).map(({ code }) => code);
    expect([...Object.keys(table.rows), ...dated].filter((code) => !legal.test(code))).toEqual([]);
    expect(Object.keys(table.rows)).not.toEqual([]);
  });
  it('says from what, by whom, in which version it is, and on which days it holds', () => {
    expect(table.source).toMatch(/^.{20,}$/);
    expect(table.author).toMatch(/^@crossdock\//);
    expect(table.version).toMatch(VERSION);
    expect(table.validFrom).toBeDefined();
    for (const { validFrom = '0001-01-01', validTo = '9999-12-31' } of [table, ...(table.dated ?? [])]) {
      for (const day of [validFrom, validTo]) expect(day).toMatch(DAY);
      expect(validFrom <= validTo).toBe(true);
    }
  });
  it('reads its example', () => {
    const { sent, code, means } = table.example;
    expect(sent.split(/[*+:"<>]/)).toContain(code);
    expect(meantBy(table, code)).toEqual(means);
  });
  it('knows nothing of a code that nobody mapped', () => {
    for (const code of ['~', '', 'constructor', undefined]) expect(meantBy(table, code)).toBeUndefined();
  });
});

/** Of what a version of a table says. */
const hashOf = (table: CodeTable<unknown>, version: string): string => {
  const known = [...Object.keys(table.rows), ...(table.replaced ?? []).flatMap(({ rows }) => Object.keys(rows))];
  const rows = [...new Set(known)].sort().flatMap((code) => {
    const means = meantBy(table, code, { tables: version });
    return means === undefined ? [] : [[code, means]];
  });
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
};
const LOCK = JSON.parse(readFileSync(new URL('code-tables.lock.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

describe('versions of tables', () => {
  it('what each said is locked: rows that change take a new version, and keep what they were in `replaced`', () => {
    const said = Object.entries(TABLES).map(([name, table]) => {
      const versions = new Set([...Object.keys(LOCK[name] ?? {}), table.version]);
      return [name, Object.fromEntries([...versions].map((version) => [version, hashOf(table, version)]))];
    });
    expect(Object.fromEntries(said)).toEqual(LOCK);
  });
  it('the newest of them is the version of all', () => {
    expect(Object.values(TABLES).filter(({ version }) => version > TABLES_VERSION)).toEqual([]);
    expect(TABLES_VERSION).toMatch(VERSION);
  });
});

describe('a table that was changed', () => {
  const table: CodeTable<string> = {
    ...OWN,
    list: 'purposes',
    codeSet: 'X12 473, 004010',
    source: 'a test of tables',
    version: '2026-12-24',
    validFrom: '2020-01-01',
    example: { sent: 'G50*N', code: 'N', means: 'original' },
    rows: { N: 'original', R: 'change', ...all('cancel', 'F D') },
    dated: [
      { code: 'T', means: 'duplicate', validTo: '2026-06-30' },
      { code: 'T', means: 'original', validFrom: '2026-07-01' },
      { code: 'F', means: null, validFrom: '2030-01-01', validTo: '2030-12-31' },
    ],
    replaced: [
      { by: '2026-12-01', rows: { R: 'replace', D: null } },
      { by: '2026-12-24', rows: { R: 'status' } },
    ],
  };
  it('is read as its older versions said', () => {
    const said = (tables: string) => ['N', 'R', 'D'].map((code) => meantBy(table, code, { tables }));
    expect(said('2026-11-30')).toEqual(['original', 'replace', undefined]);
    expect(said('2026-12-01')).toEqual(['original', 'status', 'cancel']);
    expect(said('2026-12-24')).toEqual(['original', 'change', 'cancel']);
    expect(meantBy(table, 'R')).toBe('change');
  });
  it('is read by the day on which the document came; by what holds from now on where none is said', () => {
    const on = (code: string, day?: string) => meantBy(table, code, day ? { day } : {});
    expect([on('T', '2026-06-30'), on('T', '2026-07-01'), on('T')]).toEqual(['duplicate', 'original', 'original']);
    expect([on('F', '2029-12-31'), on('F', '2030-05-05'), on('F')]).toEqual(['cancel', undefined, 'cancel']);
    expect(on('N', '2019-12-31')).toBeUndefined();
  });
});

it('every unit is one of Recommendation 20', () => {
  const units = Object.values(TABLES).flatMap(({ list, rows }) => (list === 'units' ? Object.values(rows) : []));
  expect(units.filter((unit) => !REC_20.has(unit as string))).toEqual([]);
});
