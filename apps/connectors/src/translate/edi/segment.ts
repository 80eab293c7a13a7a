/** What both standards are made of. Elements and components count from 1, as their directories do. */
export interface Segment {
  readonly tag: string;
  /** which one of its tag within the message, from 1; 0 when it is the only one */
  nth: number;
  /** number of elements */
  readonly size: number;
  /** element, or a component of it, as sent and without release characters; '' when left out */
  at(element: number, component?: number): string;
}

/** `BEG03`, `PO1[3]/PO102`, `LIN[2]/LIN03-1`: where a fault is. */
export const placeOf = (segment: Segment, element?: number, component?: number): string => {
  const loop = segment.nth > 0 ? `${segment.tag}[${segment.nth}]` : '';
  if (element === undefined) return loop || segment.tag;
  const name = `${segment.tag}${String(element).padStart(2, '0')}${component ? `-${component}` : ''}`;
  return loop ? `${loop}/${name}` : name;
};

/** Tells every segment of a message which one of its tag it is. */
export const numberByTag = (segments: readonly Segment[]): void => {
  const byTag = new Map<string, Segment[]>();
  for (const segment of segments) {
    const same = byTag.get(segment.tag);
    if (same) same.push(segment);
    else byTag.set(segment.tag, [segment]);
  }
  for (const same of byTag.values()) {
    if (same.length > 1) for (const [at, segment] of same.entries()) segment.nth = at + 1;
  }
};
