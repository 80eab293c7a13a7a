/** A system's own rate limit: as many calls a second as it says, with a burst of one second. */
export class RateLimit {
  private tokens = Number.POSITIVE_INFINITY;
  private at = 0;

  constructor(private readonly perSecond: () => number) {}

  admits(nowMs: number): boolean {
    const rate = this.perSecond();
    if (rate <= 0) {
      this.tokens = Number.POSITIVE_INFINITY;
      return true;
    }
    this.tokens = Math.min(Math.max(1, rate), this.tokens + ((nowMs - this.at) / 1000) * rate);
    this.at = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
