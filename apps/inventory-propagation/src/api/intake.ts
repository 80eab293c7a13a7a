/**
 * Takes documents in. What breaks its schema is refused by the field's name, and kept as an exception case besides, so
 * that nothing a warehouse sends is lost when nobody reads its error log. A movement without a correlation id can't be
 * followed through the systems; it is refused like the others.
 */
import { Inject, Injectable } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { KeepRefusedDocument } from '@crossdock/contracts';
import { checked, DOOR, Problem, type Caller, type Door } from '@crossdock/runtime';

/** A refused document larger than this is kept without its content. */
const CONTENT_MAX = 64_000;
/** Node of a document that names none. */
const UNLOCATED = 'unlocated';

const keyOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\S(?:.{0,62}\S)?$/.test(value) ? value : undefined;

@Injectable()
export class Intake {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  /** The document, checked, and the caller under the correlation that it names, or its header. */
  async take<T extends { correlationId?: string }>(
    kind: string,
    bodyClass: new () => T,
    body: unknown,
    header: string | undefined,
    caller: Caller,
  ): Promise<{ readonly document: T; readonly from: Caller }> {
    try {
      const document = checked(bodyClass, body ?? {});
      const correlationId = document.correlationId ?? header;
      if (correlationId) return { document, from: { ...caller, correlationId } };
      const text = 'correlationId is missing: name it in the document or in the header X-Correlation-Id';
      const errors = [{ reason: 'schema-violation', field: 'correlationId', text }];
      throw new Problem(400, 'schema-violation', { detail: text, errors });
    } catch (error) {
      if (error instanceof Problem && error.code === 'schema-violation') await this.keep(kind, error, body, caller);
      throw error;
    }
  }

  private async keep(kind: string, problem: Problem, body: unknown, caller: Caller): Promise<void> {
    const [first] = problem.more.errors ?? [];
    const content = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { body };
    const text = JSON.stringify(content);
    const { documentNo, node } = content as { documentNo?: unknown; node?: unknown };
    const number = keyOf(documentNo);
    const data = {
      refusedId: derivedId('refused', caller.tenant, kind, text),
      kind,
      node: keyOf(node) ?? UNLOCATED,
      ...(number ? { documentNo: number } : {}),
      field: (first?.field ?? '').slice(0, 500),
      text: problem.message.slice(0, 500),
      ...(text.length <= CONTENT_MAX ? { content: content as Record<string, unknown> } : {}),
    };
    // Under an id of its own: the caller's Idempotency-Key belongs to the document that is still to come.
    await this.door.submit(KeepRefusedDocument, data, caller, {
      id: derivedId(data.refusedId, new Date().toISOString()),
    });
  }
}
