/** A change of one source file, as it is read: what stands there exactly once becomes something else. */
export interface Patch {
  /** path within the repository */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The source with every patch of its file in it. Throws when a place is not there exactly once: then the code has moved. */
export const patched = (path: string, source: string, patches: readonly Patch[]): string =>
  patches
    .filter(({ file }) => file === path)
    .reduce((text, { find, replace }) => {
      const places = text.split(find).length - 1;
      if (places !== 1) throw new Error(`${path}: the place of a patch is there ${places} times: ${find}`);
      return text.replace(find, () => replace);
    }, source);
