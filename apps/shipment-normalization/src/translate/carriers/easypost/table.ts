/** EasyPost: the rows of its webhook's mapping, in the form of the other carriers. */
import { MAPPING, MAPPING_VERSION, type MappingRow as Row } from '../../easypost-mapping.js';
import type { CarrierTable } from '../table.js';

const codesOf = ({ status, statusDetail, carrierCode }: Row): readonly string[] =>
  status.map((each) =>
    carrierCode
      ? `${each}/${carrierCode.carrier}:${carrierCode.code}`
      : statusDetail === '*'
        ? each
        : `${each}/${statusDetail}`,
  );

export const table: CarrierTable = {
  carrier: 'easypost',
  version: MAPPING_VERSION.slice(-10),
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '"status": "in_transit"', code: 'in_transit', milestone: 'IN_TRANSIT' },
  codeSets: [
    {
      name: 'status and status detail',
      source: 'EasyPost API documentation, Tracker: status, status_detail',
      codes: Object.fromEntries(MAPPING.flatMap((row) => codesOf(row).map((code) => [code, row.example] as const))),
    },
  ],
  rows: MAPPING.map((row) => ({
    milestone: row.milestone,
    codes: codesOf(row),
    validFrom: row.validFrom,
    author: row.author,
    ...(row.reason ? { reason: row.reason } : {}),
  })),
  texts: [],
};
