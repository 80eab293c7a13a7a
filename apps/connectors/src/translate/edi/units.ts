/** Units: X12 element 355 and what EDIFACT senders write, to UN/ECE Recommendation 20. */

/** X12 codes that differ from Rec 20 (X12 data element 355 against Rec 20 rev. 17). */
const X12: Readonly<Record<string, string>> = {
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
};
/** Retired Rec 20 codes that EDIFACT senders still use. */
const EDIFACT: Readonly<Record<string, string>> = { PCE: 'H87', PCS: 'H87', PC: 'H87' };

/** Rec 20 codes that both standards write as they are, among them the package codes it once took over from Rec 21. */
const REC_20 = new Set(
  (
    'EA C62 H87 CS CT BX PK PR PF DZN DPC GRO MIL CEN SET NMP KT TU BG BO BA BE BJ BK BL CN EV JR PA PB PG RL RO RM ' +
    'SO SX TB VI ZZ LF LY AS 10 1N ' +
    'KGM GRM MGM MC TNE STN LTN LBR ONZ APZ DTN LTR MLT CLT DLT HLT GLL GLI QTL PTL OZA OZI BLL ' +
    'MTR CMT DMT MMT KMT FOT INH YRD MTK CMK FTK YDK INK MTQ CMQ DMQ FTQ YDQ INQ ' +
    'SEC MIN HUR DAY WEE MON ANN KWH MWH KWT WTT CEL FAH P1 NAR NPR LEF ' +
    'X1A XBX XCS XCT XPK XPX XPA XBG XBO XPC XCR XDR XJR XTU XRO'
  ).split(' '),
);

const inverse = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(table)
      .reverse()
      .map(([sent, unit]) => [unit, sent]),
  );
const TO_X12 = inverse(X12);

/** Rec 20 unit of an X12 code; undefined when nobody mapped it. */
export const unitOfX12 = (code: string): string | undefined =>
  Object.hasOwn(X12, code) ? X12[code] : REC_20.has(code) ? code : undefined;
/** Rec 20 unit of an EDIFACT code; undefined when nobody mapped it. */
export const unitOfEdifact = (code: string): string | undefined =>
  REC_20.has(code) ? code : Object.hasOwn(EDIFACT, code) ? EDIFACT[code] : undefined;
/** X12 code of a Rec 20 unit, the unit itself where X12 has the same. */
export const x12UnitOf = (unit: string): string => TO_X12.get(unit) ?? unit;
/** Rec 20: mutually defined. Stands where a code is not mapped; what was sent stays beside it. */
export const UNIT_UNKNOWN = 'ZZ';
