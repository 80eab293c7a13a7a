/** Numbers that a document names by the first and the last of them (EDIFACT C208). */

/** More in one range are no numbers of goods. */
const RANGE_MAX = 10_000;
/** Modulo 10 with weights 3 and 1 from the right, over all digits but the last (GS1 General Specifications 7.9). */
const checkDigit = (digits: string): string => {
  const total = [...digits].reverse().reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (total % 10)) % 10);
};
const isSscc = (text: string): boolean => /^\d{18}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1);

/** What counts up in a number: an SSCC without its check digit, else its last digits. */
const partsOf = (text: string, sscc: boolean): readonly [head: string, count: string] => {
  if (sscc) return ['', text.slice(0, -1)];
  const [count = ''] = /\d{0,15}$/.exec(text) ?? [];
  return [text.slice(0, text.length - count.length), count];
};

/**
 * Every number from the first to the last; the two ends alone where nothing tells what lies between (they differ in more
 * than their counting part, or count down).
 */
export const rangeOf = (first: string | undefined, last: string | undefined): readonly string[] => {
  if (first === undefined || last === undefined || first === last)
    return [first ?? last].filter((one) => one !== undefined);
  const sscc = isSscc(first) && isSscc(last);
  const [head, from] = partsOf(first, sscc);
  const [otherHead, to] = partsOf(last, sscc);
  const size = Number(BigInt(to || '0') - BigInt(from || '0'));
  if (head !== otherHead || from.length !== to.length || from === '' || size < 0 || size >= RANGE_MAX)
    return [first, last];
  return Array.from({ length: size + 1 }, (_, at) => {
    const count = String(BigInt(from) + BigInt(at)).padStart(from.length, '0');
    return `${head}${count}${sscc ? checkDigit(count) : ''}`;
  });
};
