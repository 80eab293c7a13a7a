/** Units: X12 element 355 and what EDIFACT senders write, to UN/ECE Recommendation 20. */
import { codesFor, meantBy, OWN, type CodeTable, type ReadBy } from '../code-table.js';
import { REC_20 } from './rec20.js';

/**
 * X12 codes that differ from Rec 20 (X12 data element 355 against Rec 20 rev. 17). Its other codes of two characters were
 * taken over by Rec 20. Where several mean the same unit, the first is the one that is written.
 */
export const X12_UNITS: CodeTable<string> = {
  ...OWN,
  list: 'units',
  codeSet: 'X12 355, 004010',
  source: 'X12 data element dictionary, unit or basis for measurement code, against Recommendation 20 rev. 17',
  example: { sent: 'PO1*1*4*CA*12.5**VN*TEA', code: 'CA', means: 'CS' },
  rows: {
    EA: 'EA',
    UN: 'EA',
    PC: 'H87',
    ST: 'SET',
    CA: 'CS',
    GS: 'GRO',
    DZ: 'DZN',
    TH: 'MIL',
    HU: 'CEN',
    LB: 'LBR',
    OZ: 'ONZ',
    KG: 'KGM',
    GR: 'GRM',
    ME: 'MGM',
    TN: 'STN',
    MP: 'TNE',
    LT: 'LTR',
    ML: 'MLT',
    GA: 'GLL',
    QT: 'QTL',
    PT: 'PTL',
    FO: 'OZA',
    FT: 'FOT',
    IN: 'INH',
    YD: 'YRD',
    MR: 'MTR',
    CM: 'CMT',
    MM: 'MMT',
    DK: 'KMT',
    SF: 'FTK',
    SY: 'YDK',
    SM: 'MTK',
    SI: 'INK',
    CF: 'FTQ',
    CR: 'MTQ',
    CI: 'INQ',
    CY: 'YDQ',
    PL: 'PF',
    RE: 'RL',
    RL: 'RO',
    JR: 'JR',
    HR: 'HUR',
    MJ: 'MIN',
    '03': 'SEC',
    DA: 'DAY',
    WK: 'WEE',
    MO: 'MON',
    YR: 'ANN',
    CE: 'CEL',
    FA: 'FAH',
    AC: 'ACR',
    BC: 'BJ',
    BD: 'BE',
    BF: 'BFT',
    BR: 'BA',
    BU: 'BUA',
    C3: 'CLT',
    C8: 'DMQ',
    CC: 'CMQ',
    CD: 'CTM',
    CL: 'CY',
    CN: 'CA',
    CP: 'CR',
    CX: 'CL',
    DH: 'SMI',
    DL: 'DLT',
    DM: 'DMT',
    DP: 'DPR',
    DW: 'DAY',
    GN: 'GLL',
    H4: 'HLT',
    HK: 'DTN',
    HV: 'CWA',
    HW: 'CWI',
    JU: 'JG',
    K7: 'KWT',
    KH: 'KWH',
    MS: 'MMK',
    MX: 'PF',
    PA: 'PL',
    PH: 'PK',
    PN: 'LBR',
    SB: 'MIK',
    SC: 'CMK',
    SH: 'XST',
    SJ: 'SA',
    SL: 'XSY',
    TB: 'TU',
    TG: 'LTN',
    TO: 'APZ',
    UM: 'MIO',
  },
};
/** What EDIFACT senders write for a piece; PCE was Rec 20's own. */
export const EDIFACT_UNITS: CodeTable<string> = {
  ...OWN,
  list: 'units',
  codeSet: 'EDIFACT 6411, D.96A',
  source: 'Messages of senders, and Recommendation 20 before rev. 4',
  example: { sent: 'QTY+21:10:PCE', code: 'PCE', means: 'H87' },
  rows: { PCE: 'H87', PCS: 'H87', PC: 'H87', PZ: 'H87', UN: 'EA' },
};

const TO_X12 = codesFor(X12_UNITS);

/** Rec 20 unit of an X12 code; undefined when nobody mapped it. */
export const unitOfX12 = (code: string, by?: ReadBy): string | undefined =>
  meantBy(X12_UNITS, code, by) ?? (REC_20.has(code) ? code : undefined);
/** Rec 20 unit of an EDIFACT code, or package of Recommendation 21 without its X; undefined when nobody mapped it. */
export const unitOfEdifact = (code: string, by?: ReadBy): string | undefined =>
  meantBy(EDIFACT_UNITS, code, by) ?? [code, `X${code}`].find((unit) => REC_20.has(unit));
/** X12 code of a Rec 20 unit, the unit itself where X12 has the same. */
export const x12UnitOf = (unit: string): string => TO_X12.get(unit) ?? unit;
/** Rec 20: mutually defined. Stands where a code is not mapped; what was sent stays beside it. */
export const UNIT_UNKNOWN = 'ZZ';
