import type { Segment } from '../edi/segment.js';
import type { Separators } from './separators.js';

/** Splits where a separator is not released, and keeps the release characters for the next level. */
const splitReleased = (text: string, separator: string, release: string): string[] => {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === release) at++;
    else if (text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
};

/** Takes the release characters out; one at the very end releases nothing and stays. */
const unreleased = (text: string, release: string): string => {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] === release && at + 1 < text.length) at++;
    out += text[at];
  }
  return out;
};

/** One EDIFACT segment: elements of components, release characters taken out. */
export class EdifactSegment implements Segment {
  readonly tag: string;
  nth = 0;
  private readonly elements: readonly (readonly string[])[];

  constructor(text: string, separators: Separators) {
    const { release, element, component, repetition } = separators;
    const isReleased = release !== '' && text.includes(release);
    const split = (of: string, by: string): string[] => (isReleased ? splitReleased(of, by, release) : of.split(by));
    const plain = (of: string): string => (isReleased ? unreleased(of, release) : of);
    const componentsOf = (of: string): readonly string[] => split(of, component).map(plain);
    // Of a repeated element (syntax version 4) the first is read: none that we ask for may repeat.
    this.elements = split(text, element).map((sent) =>
      componentsOf(repetition === '' ? sent : (split(sent, repetition)[0] ?? '')),
    );
    this.tag = this.elements[0]?.[0]?.trim() ?? '';
  }

  get size(): number {
    return this.elements.length - 1;
  }

  at(element: number, component = 1): string {
    return this.elements[element]?.[component - 1] ?? '';
  }

  /** Components of an element as sent, without release characters. */
  components(element: number): readonly string[] {
    return this.elements[element] ?? [];
  }

  /** With the separators of level A, whatever the interchange uses, and no release characters: for people. */
  toString(): string {
    return this.elements.map((components) => components.join(':')).join('+');
  }
}
