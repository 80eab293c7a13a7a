/** What a message says of itself, as data: compared by conformance, shown by the console. */
import { sum, withPoint } from '../edi/decimal.js';
import { isMessageWhole, type EdifactHead, type EdifactMessage } from './envelope.js';
import type { EdifactSegment } from './segment.js';

const idsOf = (segments: readonly EdifactSegment[]): Readonly<Record<string, unknown>> => {
  const bgm = segments.find(({ tag }) => tag === 'BGM');
  const rff = new Map<string, string>();
  for (const segment of segments)
    if (segment.tag === 'RFF' && !rff.has(segment.at(1))) rff.set(segment.at(1), segment.at(1, 2));
  return {
    ...(bgm && { docType: bgm.at(1), doc: bgm.at(2), function: bgm.at(3) }),
    ...(rff.size > 0 && { rff: Object.fromEntries(rff) }),
  };
};

const quantitiesOf = (segments: readonly EdifactSegment[]): Readonly<Record<string, string>> => {
  const byQualifier = new Map<string, string[]>();
  for (const segment of segments) {
    if (segment.tag !== 'QTY') continue;
    const texts = byQualifier.get(segment.at(1)) ?? [];
    byQualifier.set(segment.at(1), [...texts, withPoint(segment.at(1, 2))]);
  }
  return Object.fromEntries([...byQualifier].map(([qualifier, texts]) => [qualifier, sum(texts)]));
};

const codesOf = (type: string, segments: readonly EdifactSegment[]): readonly string[] =>
  segments.flatMap((segment) => {
    if (segment.tag === 'STS') return [String(segment)];
    return type === 'ORDRSP' && segment.tag === 'LIN' ? [segment.at(2)] : [];
  });

const releaseOf = (unh: EdifactSegment): string => unh.components(2).slice(1, 4).join(':');

export const figuresOf = ({ unb }: EdifactHead, message: EdifactMessage): Readonly<Record<string, unknown>> => {
  const { segments, unh, unt } = message;
  const type = unh.at(2).trim();
  return {
    type,
    release: releaseOf(unh),
    msgRef: unh.at(1),
    ...(unb && {
      charset: unb.components(1).join(':'),
      sender: unb.at(2),
      receiver: unb.at(3),
      interchangeControl: unb.at(5),
    }),
    lines: segments.filter(({ tag }) => tag === 'LIN').length,
    qty: quantitiesOf(segments),
    ids: idsOf(segments),
    codes: codesOf(type, segments),
    moa: Object.fromEntries(
      segments.filter(({ tag }) => tag === 'MOA').map((moa) => [moa.at(1), moa.at(1, 2)] as const),
    ),
    segmentCountDeclared: unt?.at(1) ?? '',
    segmentCountActual: message.count,
    envelopeOk: unb !== undefined && isMessageWhole(message),
  };
};
