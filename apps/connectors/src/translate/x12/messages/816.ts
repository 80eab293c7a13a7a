/** 816 Organizational Relationships: a partner's companies, districts and stores. */
import type { CanonicalLocation, CanonicalLocationList } from '../../../canonical/location-list.js';
import { dayBy } from '../parts/lines.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { PARTY, partyOf } from '../parts/parties.js';
import { referencesOf } from '../parts/references.js';
import type { X12Reading } from '../reading.js';

const locationOf = (reading: X12Reading, level: X12Loop): CanonicalLocation => {
  const [party] = level.of('N1');
  const dates = [...level.all('DTM'), ...(party?.all('DTM') ?? [])];
  const refs = [...level.all('REF'), ...(party?.all('REF') ?? [])];
  return compact<CanonicalLocation>({
    id: reading.needed(level.opening, 'HL', 1),
    within: reading.text(level.opening, 2),
    level: reading.text(level.opening, 3),
    party: party && partyOf(reading, party),
    references: referencesOf(reading, refs),
    opened: dayBy(reading, dates, '145', '007'),
    closed: dayBy(reading, dates, '146', '036'),
  });
};

export const organizationalRelationships: X12Message = {
  type: '816',
  required: { BHT: [1, 2], HL: [] },
  layout: loop('ST', 'BHT DTM REF', PARTY, loop('HL', 'REF DTM PER N9 MTX', PARTY)),
  read: (set, reading) => {
    const bht = set.first('BHT');
    const [owner] = set.of('N1');
    const data = compact<CanonicalLocationList>({
      number: reading.text(bht, 3) ?? set.opening.at(2).trim(),
      purpose: reading.purpose(bht, 2),
      issued: reading.day(bht, 4),
      owner: owner && partyOf(reading, owner),
      locations: set.of('HL').map((level) => locationOf(reading, level)),
    });
    return { kind: 'location-list', data };
  },
};
