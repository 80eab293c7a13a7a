/**
 * Messages that were declared and never used: taken back, with the reason. Only what never left its service may be (a
 * stream's messages have readers that nobody knows), and its name is never given again.
 */
export const WITHDRAWN: Readonly<Record<string, string>> = {
  'orders.cmd.decide-case.v1': 'a person closes a case by the `discard-...-case` of its decider',
  'finance.cmd.post-journal.v1': 'a journal is posted by the decision that owes it, not asked for by a message',
};

const STAYED = ['door', 'private', 'timer', 'answer'];

/** Whether this message, that once travelled so, may be gone. */
export const isWithdrawn = (name: string, travels: string): boolean => name in WITHDRAWN && STAYED.includes(travels);
