/** Splits text at spaces into pieces of at most `length` characters; a longer word is cut. */
export const pieces = (text: string, length: number): readonly string[] => {
  const out: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest.length > length) {
    const space = rest.lastIndexOf(' ', length);
    const to = space > 0 ? space : length;
    out.push(rest.slice(0, to));
    rest = rest.slice(to).trimStart();
  }
  return rest === '' ? out : [...out, rest];
};
