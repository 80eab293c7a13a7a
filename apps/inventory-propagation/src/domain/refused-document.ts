/** Documents that the door refused: one exception case each, ended when the document comes as it should. */
import { accept, ref, type Decision, type Input, type Ref } from '@crossdock/kernel';
import { caseRef, endCase, raiseCase, type KeepRefusedDocumentData } from '@crossdock/contracts';
import type { Stock } from './kinds.js';
import { idWithin } from './node-id.js';

const REASON = 'schema-violation';
interface Named {
  readonly kind: string;
  readonly node: string;
  readonly documentNo: string;
}
const subjectOf = ({ kind, node, documentNo }: Named): Ref =>
  ref('stockDocument', idWithin(node, `${kind}/${documentNo}`));
/** The case of a document by its number, which a good copy of it ends. */
export const refusedCaseRef = (document: Named): Ref => caseRef(subjectOf(document), REASON);
/** A rule that also ends the case of its document: the good copy has come. */
export const endingRefused =
  <D extends { readonly node: string; readonly documentNo: string }>(
    kind: string,
    decide: (input: Input<D>, touched: Stock) => Decision,
  ) =>
  (input: Input<D>, touched: Stock): Decision => {
    const decision = decide(input, touched);
    const { node, documentNo } = input.data;
    const document = { kind, node, documentNo };
    if (decision.kind !== 'accept' || touched.case(refusedCaseRef(document).id).status !== 'open') return decision;
    return accept(decision.outputs, endCase(subjectOf(document), REASON, { how: 'resolved', at: input.at }));
  };

const subject = ({ kind, node, documentNo, refusedId }: KeepRefusedDocumentData): Ref =>
  subjectOf({ kind, node, documentNo: documentNo ?? refusedId });
export const keptCaseRef = (data: KeepRefusedDocumentData): Ref => caseRef(subject(data), REASON);

export const keepRefused = ({ data, at, correlationId, batchId }: Input<KeepRefusedDocumentData>): Decision => {
  const { kind, node, documentNo, field, text, content } = data;
  const keys = [`node:${node}`, `field:${field}`, ...(documentNo ? [`document:${documentNo}`] : [])];
  const raised = {
    reason: REASON,
    subject: subject(data),
    keys,
    text: `${kind}${documentNo ? ` ${documentNo}` : ''}: ${text}`,
    at,
    correlationId,
    lane: node,
    ...(batchId ? { batchId } : {}),
    ...(content ? { content } : {}),
  };
  return accept(raiseCase(raised));
};
