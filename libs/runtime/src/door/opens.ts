/** OpenAPI of a route, from its data classes: the same schemas that check the bodies. */
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { schemaOf, type JsonSchema } from '@crossdock/contracts';

type DataClass = new () => object;
export interface Opening {
  readonly summary: string;
  readonly description?: string;
  readonly body?: DataClass | readonly DataClass[];
  /** body is the request's stream, of these content types */
  readonly upload?: readonly string[];
  /** by status: a class, or a sentence for answers without one of their own */
  readonly answers?: Readonly<Record<number, DataClass | string>>;
}

const SCHEMAS = '#/components/schemas/';
const components = new Map<string, JsonSchema>();
/** Schemas named by routes so far, for `components.schemas`. */
export const openedSchemas = (): Readonly<Record<string, JsonSchema>> => Object.fromEntries(components);

const relocated = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relocated);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', SCHEMAS) : relocated(part),
    ]),
  );
};
const referTo = (dataClass: DataClass): { readonly $ref: string } => {
  if (!components.has(dataClass.name)) {
    const { $defs = {}, ...root } = schemaOf(dataClass, 'strict');
    components.set(dataClass.name, relocated(root) as JsonSchema);
    for (const [name, schema] of Object.entries($defs)) components.set(name, relocated(schema) as JsonSchema);
  }
  return { $ref: `${SCHEMAS}${dataClass.name}` };
};

const answer = (status: string, what: DataClass | string): MethodDecorator => {
  if (typeof what === 'string') return ApiResponse({ status: Number(status), description: what });
  return ApiResponse({ status: Number(status), description: what.name, schema: referTo(what) });
};

/** `@Opens({ summary, body: OrderDocument, answers: { 201: OrderTaken } })` */
export const Opens = (opening: Opening): MethodDecorator => {
  const { summary, description, body, upload, answers = {} } = opening;
  const decorators: MethodDecorator[] = [
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ...Object.entries(answers).map(([status, what]) => answer(status, what)),
  ];
  if (upload) decorators.push(ApiConsumes(...upload), ApiBody({ schema: { type: 'string', format: 'binary' } }));
  else if (body) {
    const classes = Array.isArray(body) ? (body as readonly DataClass[]) : [body as DataClass];
    const schema = classes.length === 1 ? referTo(classes[0] as DataClass) : { oneOf: classes.map(referTo) };
    decorators.push(ApiBody({ schema }));
  }
  return applyDecorators(...decorators);
};
