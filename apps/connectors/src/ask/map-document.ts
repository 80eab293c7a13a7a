/** Puts our numbers in the place of the partner's: reads partner data and archive beside the lane, calls nobody. */
import { DocumentMapped, MapDocument, type DocumentMappedData, type MapDocumentData } from '@crossdock/contracts';
import { defineAsk, type OutsideAndKept } from '@crossdock/runtime';
import { mapDocument as map, type Mapped } from '../map/map-document.js';
import { mappedStatuses } from '../map/seen-codes.js';

const MOST_FAULTS = 5000;

export const mapDocument = defineAsk<MapDocumentData, DocumentMappedData, Mapped, unknown>({
  asks: MapDocument,
  answers: DocumentMapped,
  system: 'archive',
  policy: { deadlineMs: 30_000, concurrency: 4, unansweredAfterMs: 120_000, backoffMs: [200, 10_000] },
  call: async ({ tenant, data }, outside) => {
    const { kept } = outside as OutsideAndKept;
    const mapped = await map(kept, { tenant, ...data });
    for (const { list, isMapped } of mappedStatuses(mapped.tracking ?? [])) kept.counted(list, isMapped);
    return mapped;
  },
  answer: ({ data: { documentId, partner } }, said) => {
    if (said.outcome !== 'done') return { documentId, partner, outcome: said.outcome, mappingVersion: 0, faults: [] };
    const { order, amendment, receipt, inbound, report, shipping, tracking, idle, faults, mappingVersion } =
      said.result;
    const told = faults.slice(0, MOST_FAULTS).map((one) => ({ ...one, text: one.text.slice(0, 1000) }));
    const mapped = {
      ...(order ? { order } : {}),
      ...(amendment ? { amendment } : {}),
      ...(receipt ? { receipt } : {}),
      ...(inbound ? { inbound } : {}),
      ...(report ? { report } : {}),
      ...(shipping ? { shipping } : {}),
      ...(tracking ? { tracking } : {}),
      ...(idle ? { idle } : {}),
    };
    return { documentId, partner, outcome: 'done', mappingVersion, ...mapped, faults: told };
  },
});
