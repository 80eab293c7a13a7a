/** Faults of EDI envelopes and messages, each said in one place. Codes stand in the reason catalogue of contracts. */
import type { Fault } from '../translation.js';

export const notAnInterchange = (path: string, standard: string): Fault => ({
  code: 'envelope-unreadable',
  path,
  text: `no ${standard} interchange begins here`,
});
export const missing = (path: string, text: string): Fault => ({ code: 'envelope-incomplete', path, text });
export const outside = (path: string, tag: string): Fault => ({
  code: 'envelope-incomplete',
  path,
  text: `segment ${tag} stands outside of any message`,
});
/** `of` says what was counted, such as `segments from ST to SE`. */
export const countsDiffer = (path: string, of: string, declared: string, actual: number): Fault => ({
  code: 'count-differs',
  path,
  text: `${path} declares ${declared === '' ? 'nothing' : declared}, counted ${actual} ${of}`,
});
export const controlsDiffer = (path: string, trailer: string, header: string): Fault => ({
  code: 'control-number-differs',
  path,
  text: `${path} is ${JSON.stringify(trailer)}, its header says ${JSON.stringify(header)}`,
});
export const repeated = (path: string, control: string, within: string): Fault => ({
  code: 'control-number-repeated',
  path,
  text: `control number ${JSON.stringify(control)} stands twice in ${within}`,
});
export const unsupported = (path: string, type: string): Fault => ({
  code: 'message-unsupported',
  path,
  text: `no mapping for message ${JSON.stringify(type)}`,
});

/** Whether a count as sent (leading zeros allowed) is the number. */
export const isCount = (declared: string, actual: number): boolean =>
  /^\d{1,10}$/.test(declared.trim()) && Number(declared) === actual;
/** Control numbers are compared as sent, but for leading zeros: senders pad them in one place only. */
export const isSameControl = (a: string, b: string): boolean =>
  a.trim().replace(/^0+(?=.)/, '') === b.trim().replace(/^0+(?=.)/, '');
