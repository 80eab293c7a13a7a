/** Each table is held to the code set that it claims, as the standards' directories list it. */
import { REC_20 } from '../translate/edi/rec20.js';
import { EDIFACT_UNITS, X12_UNITS } from '../translate/edi/units.js';
import { meantBy, type CodeTable } from '../translate/code-table.js';
import { STATUSES as CONTRL } from '../translate/edifact/messages/contrl.js';
import { LINE_CHANGES as ORDCHG } from '../translate/edifact/messages/ordchg.js';
import {
  LINE_STATUSES as ORDRSP_LINES,
  RESPONSE_TYPES,
  STATUSES as ORDRSP,
} from '../translate/edifact/messages/ordrsp.js';
import { LINE_CHANGES } from '../translate/x12/messages/860.js';
import { STATUSES as ACKNOWLEDGED } from '../translate/x12/parts/acknowledgements.js';
import { CHANGE_STATUSES, LINE_STATUSES, STATUSES } from '../translate/x12/parts/responses.js';
import { OF_REC_24, OF_X12, X12_REASON } from './transport-codes.js';

const codes = (list: string): RegExp => new RegExp(`^(${list.replaceAll(' ', '|')})$`);
const TO = (last: number): RegExp => codes(Array.from({ length: last }, (_, at) => String(at + 1)).join(' '));
/** The sets as their directories list them; by the form of a code where the list is too long to stand here. */
const LEGAL: Readonly<Record<string, RegExp>> = {
  'X12 355, 004010': /^[A-Z0-9]{2}$/,
  'EDIFACT 6411, D.96A': /^[A-Z0-9]{2,3}$/,
  'X12 670, 004010': codes('AI CA CB CC CE CF CG CH CI CT DI MU NC OA OC PC PQ PR QD QI RA RB RC RE RM RQ RS RZ TI'),
  'EDIFACT 1229, D.96A': TO(24),
  'X12 587, 004010': codes('AC AD AE AH AK AP AT NA RD RF RJ RO RS ZZ'),
  'X12 668, 004010': codes('AC AR BP DR IA IB IC ID IE IF IH IP IQ IR IS IW R1 R2 R3 R4 R5 R6 SP'),
  'EDIFACT 1225, D.96A': TO(49),
  'EDIFACT 4343, D.96A': codes('AA AB AC AD AF AG AI AJ AP CA CO NA RE'),
  'X12 717, 004010': codes('A E M P R W X'),
  'EDIFACT 0083, syntax version 3': TO(8),
  'X12 1650 and 1652, 004010': codes(
    'A3 A7 A9 AF AG AH AI AJ AM AN AP AR AV B6 BA BC C1 CA CD CL CP D1 I1 J1 K1 L1 OA OO P1 PR R1 RL S1 SD ' +
      'X1 X2 X3 X4 X5 X6 X8 XB AA AB X9 XA',
  ),
  'X12 1651, 004010': codes(
    'A1 A2 A3 A5 A6 AA AD AE AF AG AH AI AJ AK AL AM AN AO AP AQ AR AS AT AU AV AW AX AY AZ B1 B2 B4 B5 B8 B9 BB BC ' +
      'BD BE BF BG BH BI BJ BK BL BM BN BO BP BQ BR BS BT C1 C2 C3 C4 C5 C6 C7 C8 C9 CA CB CC D1 D2',
  ),
  'UN/ECE Recommendation 24, third revision': /^[1-9]\d{0,2}$/,
};
const TABLES: readonly CodeTable<unknown>[] = [
  ...[X12_UNITS, EDIFACT_UNITS, LINE_CHANGES, ORDCHG, ORDRSP, RESPONSE_TYPES, ORDRSP_LINES, STATUSES, LINE_STATUSES],
  ...[CHANGE_STATUSES, ACKNOWLEDGED, CONTRL, OF_X12, X12_REASON, OF_REC_24],
];

describe.each(TABLES.map((table) => [`${table.list} of ${table.codeSet}`, table] as const))('%s', (_, table) => {
  it('claims codes of its set alone', () => {
    const legal = LEGAL[table.codeSet] as RegExp;
    expect(Object.keys(table.rows).filter((code) => !legal.test(code))).toEqual([]);
    expect(Object.keys(table.rows)).not.toEqual([]);
  });
  it('says from what, by whom and since when it is', () => {
    expect(table.source).toMatch(/^.{20,}$/);
    expect(table.author).toMatch(/^@crossdock\//);
    for (const day of [table.validFrom, table.version]) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}/);
  });
  it('reads its example', () => {
    const { sent, code, means } = table.example;
    expect(sent.split(/[*+:]/)).toContain(code);
    expect(meantBy(table, code)).toEqual(means);
  });
  it('knows nothing of a code that nobody mapped', () => {
    for (const code of ['~', '', 'constructor', undefined]) expect(meantBy(table, code)).toBeUndefined();
  });
});

it('every unit is one of Recommendation 20', () => {
  const units = [X12_UNITS, EDIFACT_UNITS].flatMap(({ rows }) => Object.values(rows));
  expect(units.filter((unit) => !REC_20.has(unit))).toEqual([]);
});
