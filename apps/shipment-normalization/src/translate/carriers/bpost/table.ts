/** bpost: state codes of an item. The description names the state (`DistributedNormally - regular`), and is asked first. */
import type { CarrierTable } from '../table.js';

const each = (meaning: string, ...codes: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(codes.map((code) => [code, meaning]));

export const table: CarrierTable = {
  carrier: 'bpost',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '<stateCode>T00</stateCode>', code: 'T00', milestone: 'IN_TRANSIT' },
  codeSets: [
    {
      name: 'state code',
      source:
        'bpost track and trace web service, itemTracking: stateInfo/stateCode, grouped by its first letter and reason',
      codes: {
        ...each('Announced', 'A00'),
        ...each('Sorted', 'T00'),
        ...each('Bound to a round', 'L00'),
        ...each('Received', 'R00', 'R01', 'R02', 'R03', 'R04', 'R05', 'N14', 'B04'),
        ...each('Distributed', 'U00', 'U01', 'U02', 'U03', 'U04', 'U05', 'U06', 'U07', 'U08'),
        ...each('Available at a pick-up point', 'N74', 'R13'),
        ...each('Not distributed, addressee absent', 'N01', 'N02', 'N03', 'N04', 'N05', 'N06', 'N07', 'N08'),
        ...each('Not distributed', 'N10', 'N11', 'N12', 'N13', 'N16', 'N28', 'N32'),
        ...each('Not distributed, other', 'N91', 'N92', 'N93', 'N94', 'N95', 'N96'),
        ...each('Postponed', 'P00'),
        ...each('Blocked', 'B00', 'B01', 'B02', 'C00'),
        ...each(
          'Held at import',
          'I03',
          'I10',
          'I11',
          'I12',
          'I18',
          'I19',
          'I58',
          'I61',
          'I66',
          'I67',
          'I68',
          'I72',
          'I88',
        ),
        ...each('Undeliverable', 'B03', 'B05', 'B06', 'B07', 'B08', 'B09', 'B10', 'B11', 'B12', 'B13', 'B18'),
        ...each('Undeliverable, other', 'B23', 'B24', 'B28', 'R11', 'R12', 'T03', 'S00'),
      },
    },
  ],
  rows: [
    { milestone: 'PRE_TRANSIT', codes: ['A00'] },
    { milestone: 'IN_TRANSIT', codes: ['T00', 'R00', 'R01', 'R02', 'R03', 'R04', 'R05', 'N14', 'B04'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['L00'] },
    { milestone: 'AVAILABLE_FOR_PICKUP', codes: ['N74', 'R13'] },
    { milestone: 'DELIVERED', codes: ['U00', 'U01', 'U02', 'U03', 'U04', 'U05', 'U06', 'U07', 'U08'] },
    { milestone: 'DELAYED', reason: 'carrier', codes: ['P00'] },
    { milestone: 'ON_HOLD', reason: 'other', codes: ['B00', 'B01', 'B02', 'C00'] },
    {
      milestone: 'ON_HOLD',
      reason: 'customs',
      codes: ['I03', 'I10', 'I11', 'I12', 'I18', 'I19', 'I58', 'I61', 'I66', 'I67', 'I68', 'I72', 'I88'],
    },
    {
      milestone: 'DELIVERY_FAILED',
      reason: 'consignee',
      codes: [
        ...['N01', 'N02', 'N03', 'N04', 'N05', 'N06', 'N07', 'N08', 'N10', 'N11', 'N12', 'N13', 'N16', 'N28', 'N32'],
        ...['N91', 'N92', 'N93', 'N94', 'N95', 'N96'],
        ...['B03', 'B05', 'B06', 'B07', 'B08', 'B09', 'B10', 'B11', 'B12', 'B13', 'B18', 'B23', 'B24', 'B28'],
        ...['R11', 'R12', 'T03', 'S00'],
      ],
    },
  ],
  texts: [
    { text: 'out_for_distribution', milestone: 'OUT_FOR_DELIVERY', example: 'BoundToRound - out_for_distribution' },
    { text: 'DistributedNormally', milestone: 'DELIVERED', example: 'DistributedNormally - regular' },
    { text: 'NotDistributed', milestone: 'DELIVERY_FAILED', reason: 'consignee', example: 'NotDistributed - absent' },
    { text: 'Returned', milestone: 'RETURNING', reason: 'other', example: 'ReturnedToSender - refused' },
    { text: 'pickup_point', milestone: 'AVAILABLE_FOR_PICKUP', example: 'Deposited - pickup_point' },
    { text: 'sorted_out', milestone: 'IN_TRANSIT', example: 'Sorted - sorted_out' },
    { text: 'announce', milestone: 'PRE_TRANSIT', example: 'Announced - announcement_received' },
  ],
};
