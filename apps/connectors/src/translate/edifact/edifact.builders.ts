/** Small EDIFACT interchanges for specs, written with the characters of level A and given others when asked. */
export interface EdifactShape {
  /** the six characters of UNA; none is sent when left out */
  readonly una?: string;
  readonly syntax?: string;
  readonly control?: string;
  /** what stands after each terminator */
  readonly layout?: string;
}

export const aMessage = (type: string, reference: string, ...body: readonly string[]): readonly string[] => [
  `UNH+${reference}+${type}`,
  ...body,
  `UNT+${body.length + 2}+${reference}`,
];

/** Interchange of messages as text; service characters of the shape are put in for `: + . ? * '`. */
export const anInterchange = (messages: readonly (readonly string[])[], shape: EdifactShape = {}): string => {
  const { una, syntax = 'UNOC:3', control = '5101', layout = '' } = shape;
  const unb = `UNB+${syntax}+5790000000012:14+5790000000029:14+260315:0800+${control}`;
  const segments = [unb, ...messages.flat(), `UNZ+${messages.length}+${control}`];
  const text = segments.map((segment) => `${segment}'${layout}`).join('');
  if (una === undefined) return text;
  const levelA = ":+.?*'";
  return `UNA${una}${text.replace(/[:+.?*']/g, (character) => una[levelA.indexOf(character)] ?? character)}`;
};

export const ORDERS = 'ORDERS:D:96A:UN:EAN008';
export const anOrders = (reference: string, ...lines: readonly string[]): readonly string[] =>
  aMessage(ORDERS, reference, 'BGM+220+PO-1+9', 'DTM+137:20260315:102', ...lines, 'UNS+S', `CNT+2:${linesIn(lines)}`);

const linesIn = (segments: readonly string[]): number => segments.filter((text) => text.startsWith('LIN+')).length;
