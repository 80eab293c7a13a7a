/** What a check found. Violations are sentences that name what they are about; the first hundred are kept. */
export interface Verdict {
  /** I1 to I17, as in the architecture's list */
  readonly id: string;
  readonly title: string;
  readonly holds: boolean;
  /** how many things were looked at; a check that looked at nothing says so by 0 */
  readonly checked: number;
  readonly violations: readonly string[];
}
const MOST = 100;

export class Findings {
  checked = 0;
  private count = 0;
  private readonly violations: string[] = [];

  constructor(
    private readonly id: string,
    private readonly title: string,
  ) {}

  /** Looks at one thing: `holds`, or the sentence says what is wrong. */
  expect(holds: boolean, sentence: () => string): void {
    this.checked++;
    if (holds) return;
    this.count++;
    if (this.violations.length < MOST) this.violations.push(sentence());
  }
  verdict(): Verdict {
    const more = this.count > MOST ? [`and ${this.count - MOST} more`] : [];
    return {
      id: this.id,
      title: this.title,
      holds: this.count === 0,
      checked: this.checked,
      violations: [...this.violations, ...more],
    };
  }
}
