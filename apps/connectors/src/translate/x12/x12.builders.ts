/** Small X12 interchanges for specs: segments as lists of elements, any separators, honest counts unless said. */
export interface X12Shape {
  readonly element?: string;
  readonly component?: string;
  readonly terminator?: string;
  readonly version?: string;
  readonly isa11?: string;
  readonly control?: string;
  readonly sender?: string;
  readonly receiver?: string;
  /** segments between ISA and GS */
  readonly before?: readonly string[];
  readonly groupVersion?: string;
}

/** `PO1*1*5*EA` with `*` and `>` put in as separators of the shape. */
const segment = (text: string, { element = '*', component = '>' }: X12Shape): string =>
  text.replace(/[*>]/g, (separator) => (separator === '*' ? element : component));

export const aTransactionSet = (type: string, control: string, ...body: readonly string[]): readonly string[] => [
  `ST*${type}*${control}`,
  ...body,
  `SE*${body.length + 2}*${control}`,
];

export const aGroup = (sets: readonly (readonly string[])[], control = '1', version = '004010'): readonly string[] => [
  `GS*PO*SENDER*RECEIVER*20260912*0830*${control}*X*${version}`,
  ...sets.flat(),
  `GE*${sets.length}*${control}`,
];

/** Interchange of groups as text. */
export const anInterchange = (groups: readonly (readonly string[])[], shape: X12Shape = {}): string => {
  const { terminator = '~', version = '00401', isa11 = 'U', control = '000000850' } = shape;
  const [sender, receiver] = [shape.sender ?? 'NORTHWIND', shape.receiver ?? 'CONTOSO'].map((id) => id.padEnd(15));
  const none = ' '.repeat(10);
  const isa = `ISA*00*${none}*00*${none}*ZZ*${sender}*ZZ*${receiver}*260912*0830*¤*${version}*${control}*0*P*>`;
  return [isa, ...(shape.before ?? []), ...groups.flat(), `IEA*${groups.length}*${control}`]
    .map((text) => `${segment(text, shape).replace('¤', isa11)}${terminator}`)
    .join('');
};

export const anOrder = (...lines: readonly string[]): readonly string[] =>
  aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', ...lines, `CTT*${lines.length}`);

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
