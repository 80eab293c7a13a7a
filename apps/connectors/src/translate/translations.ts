/** Which translation reads which standard. A new one is a folder of its own and one line here. */
import { crossdock } from './crossdock.js';
import { translateEdifact } from './edifact/translate.js';
import type { Interchange, Standard, TranslationContext } from './translation.js';
import { translateX12 } from './x12/translate.js';

/** A file of some standards holds several interchanges. */
type Reads = (bytes: Uint8Array, context: TranslationContext) => Interchange | readonly Interchange[];

const TRANSLATIONS: Readonly<Partial<Record<Standard, Reads>>> = {
  X12: translateX12,
  EDIFACT: translateEdifact,
  Crossdock: crossdock,
};

/** Every interchange of a file, in its order; undefined when nothing here reads the standard. */
export const translate = (
  standard: Standard,
  bytes: Uint8Array,
  context: TranslationContext,
): readonly Interchange[] | undefined => {
  const found = TRANSLATIONS[standard]?.(bytes, context);
  if (!found) return undefined;
  return 'documents' in found ? [found, ...(found.more ?? [])] : found;
};
