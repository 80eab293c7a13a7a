import type { Segment } from '../edi/segment.js';
import type { Separators } from './separators.js';

/** One X12 segment. Composites are split when asked for: only elements that have them may be. */
export class X12Segment implements Segment {
  readonly tag: string;
  nth = 0;
  private readonly elements: readonly string[];

  constructor(
    text: string,
    private readonly separators: Separators,
  ) {
    this.elements = text.split(separators.element);
    this.tag = (this.elements[0] ?? '').trim();
  }

  get size(): number {
    return this.elements.length - 1;
  }

  at(element: number, component?: number): string {
    const whole = this.elements[element] ?? '';
    if (component === undefined) return whole;
    return whole.split(this.separators.component)[component - 1] ?? '';
  }
}
