/** Which codes of carriers the mappings know, against those that payloads hold. */
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

/** `99.1 %`; a carrier without scans has none. */
export const shareOf = ({ scans, mapped }: Pick<Coverage, 'scans' | 'mapped'>): string =>
  scans === 0 ? '-' : `${((100 * mapped) / scans).toFixed(1)} %`;
