/** XML documents as bytes. */
import { xmlText, type XmlPart } from '@crossdock/kernel';

export type { XmlPart } from '@crossdock/kernel';

/** A whole document in UTF-8. */
export const writeXml = (root: NonNullable<XmlPart>): Uint8Array => new TextEncoder().encode(xmlText(root));
