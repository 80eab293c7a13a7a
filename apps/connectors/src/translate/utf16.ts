/**
 * Byte order of text with two bytes a character: by its mark, else because every other one of its first bytes is NUL, as
 * it is of Latin letters and of no text with one byte a character. Undefined for all other bytes.
 */
export const utf16Of = ([a = 0, b = 0, c = 0, d = 0]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : undefined;
};
