/** Faults of EDI envelopes and messages, each said in one place. Codes stand in the reason catalogue of contracts. */
import type { Fault } from '../translation.js';

/** More than this of one message help nobody, and a broken file could bring millions. */
export const FAULTS_MAX = 100;
const SHOWN_MAX = 60;
/** A value as a fault shows it: quoted, and cut where it is long. */
export const shown = (value: string): string =>
  JSON.stringify(value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value);
/** Adds a fault, up to the limit; the last one says that there are more. */
export const addFault = (faults: Fault[], fault: Fault): void => {
  if (faults.length < FAULTS_MAX) faults.push(fault);
  else if (faults.length === FAULTS_MAX)
    faults.push({
      code: 'too-many-faults',
      path: fault.path,
      text: `more than ${FAULTS_MAX} faults; the others are left out`,
    });
};

export const notAnInterchange = (path: string, standard: string): Fault => ({
  code: 'envelope-unreadable',
  path,
  text: `no ${standard} interchange begins here`,
});
export const missing = (path: string, text: string): Fault => ({ code: 'envelope-incomplete', path, text });
export const outside = (path: string, tag: string): Fault => ({
  code: 'envelope-incomplete',
  path: path.slice(0, SHOWN_MAX),
  text: `segment ${shown(tag)} stands outside of any message`,
});
const plain = (value: string): string => shown(value).slice(1, -1);
/** `of` says what was counted, such as `segments from ST to SE`. */
export const countsDiffer = (path: string, of: string, declared: string, actual: number): Fault => ({
  code: 'count-differs',
  path,
  text: `${path} declares ${declared === '' ? 'nothing' : plain(declared)}, counted ${actual} ${of}`,
});
export const controlsDiffer = (path: string, trailer: string, header: string): Fault => ({
  code: 'control-number-differs',
  path,
  text: `${path} is ${shown(trailer)}, its header says ${shown(header)}`,
});
export const repeated = (path: string, control: string, within: string): Fault => ({
  code: 'control-number-repeated',
  path,
  text: `control number ${shown(control)} stands twice in ${within}`,
});
/** Of more segments no message is read: a line takes ten or so, and an order has at most 5,000 lines. */
export const SEGMENTS_MAX = 200_000;
export const tooManySegments = (path: string, count: number): Fault => ({
  code: 'document-too-large',
  path,
  text: `${count} segments stand in one message, ${SEGMENTS_MAX} are read at most`,
});
/** A file of more interchanges is no exchange of documents. */
export const INTERCHANGES_MAX = 10_000;
export const tooManyInterchanges = (path: string): Fault => ({
  code: 'envelope-unreadable',
  path,
  text: `the file goes on after ${INTERCHANGES_MAX} interchanges; the rest was not read`,
});
export const unsupported = (path: string, type: string): Fault => ({
  code: 'message-unsupported',
  path,
  text: `no mapping for message ${shown(type)}`,
});

/** Whether a count as sent (leading zeros allowed) is the number. */
export const isCount = (declared: string, actual: number): boolean =>
  /^\d{1,10}$/.test(declared.trim()) && Number(declared) === actual;
/** Control numbers are compared as sent, but for leading zeros: senders pad them in one place only. */
export const isSameControl = (a: string, b: string): boolean =>
  a.trim().replace(/^0+(?=.)/, '') === b.trim().replace(/^0+(?=.)/, '');
