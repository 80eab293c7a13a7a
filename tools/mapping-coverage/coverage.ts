/** Which codes the mappings know, against those that carriers' payloads and partners' documents hold. */
export interface Scan {
  readonly rawCode: string;
  readonly rawText?: string;
  readonly reason?: string;
}
export interface Reading {
  readonly carrier: string;
  readonly packages: readonly { readonly events: readonly Scan[] }[];
}
export interface Coverage {
  readonly carrier: string;
  readonly payloads: number;
  readonly scans: number;
  readonly mapped: number;
  /** different raw codes among the scans */
  readonly codes: number;
  /** codes without a row, with words that came with them */
  readonly unmapped: readonly string[];
}

export const coverageOf = (readings: readonly Reading[]): readonly Coverage[] => {
  const carriers = [...new Set(readings.map(({ carrier }) => carrier))].sort();
  return carriers.map((carrier) => {
    const own = readings.filter((reading) => reading.carrier === carrier);
    const scans = own.flatMap(({ packages }) => packages.flatMap(({ events }) => events));
    const unknown = scans.filter(({ reason }) => reason === 'code-not-mapped');
    const words = new Map(unknown.map(({ rawCode, rawText }) => [rawCode, rawText ?? '']));
    return {
      carrier,
      payloads: own.length,
      scans: scans.length,
      mapped: scans.length - unknown.length,
      codes: new Set(scans.map(({ rawCode }) => rawCode)).size,
      unmapped: [...words].map(([code, text]) => (text && text !== code ? `${code} (${text})` : code)),
    };
  });
};

/** `99.1 %`; what was never sent has none. */
export const shareOf = (mapped: number, seen: number): string =>
  seen === 0 ? '-' : `${((100 * mapped) / seen).toFixed(1)} %`;

/** A code of a partner's document, as apps/connectors tells it: of units, actions, answers, statuses. */
export interface SeenCode {
  readonly list: string;
  readonly code: string;
  readonly isMapped: boolean;
}
export interface ListCoverage {
  readonly list: string;
  /** how often a code of the list was sent */
  readonly seen: number;
  readonly mapped: number;
  /** different codes among them */
  readonly codes: number;
  /** codes without a row, the most frequent first, with how often each was sent */
  readonly unmapped: readonly string[];
}

/** By the standard and the list that they are of: `X12 units`. */
export const coverageOfCodes = (
  documents: readonly { readonly standard: string; readonly codes: readonly SeenCode[] }[],
): readonly ListCoverage[] => {
  const all = documents.flatMap(({ standard, codes }) =>
    codes.map((one) => ({ ...one, list: `${standard} ${one.list}` })),
  );
  return [...new Set(all.map(({ list }) => list))].sort().map((list) => {
    const own = all.filter((one) => one.list === list);
    const times = new Map<string, number>();
    for (const { code, isMapped } of own) if (!isMapped) times.set(code, (times.get(code) ?? 0) + 1);
    return {
      list,
      seen: own.length,
      mapped: own.filter(({ isMapped }) => isMapped).length,
      codes: new Set(own.map(({ code }) => code)).size,
      unmapped: [...times].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} (${count})`),
    };
  });
};
