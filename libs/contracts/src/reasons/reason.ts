/** A sentence for business, one for IT, the next action, and whether trying again makes sense. */
export interface Reason {
  readonly business: string;
  readonly it: string;
  readonly next: string;
  readonly retry: boolean;
}
export const reason = (business: string, it: string, next: string, retry = false): Reason => ({
  business,
  it,
  next,
  retry,
});
