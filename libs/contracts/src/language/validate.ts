/** Compiled validators: what runs everywhere. class-validator's own verdict on the same class is the same (tested). */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { shapeText } from './fields.js';
import { schemaOf } from './schema.js';

/** One violated rule: where, which, and a text for a person. */
export interface Violation {
  /** path from the body's root, such as `lines[2].quantity` */
  readonly field: string;
  /** the JSON Schema keyword that failed, such as `required` or `pattern` */
  readonly rule: string;
  readonly text: string;
}

const MANNERS = { strict: false, ownProperties: true, validateFormats: false };
const ajv = new Ajv({ ...MANNERS, allErrors: false });
const everyError = new Ajv({ ...MANNERS, allErrors: true });
const thorough = new Map<unknown, ValidateFunction>();
const compiled = { strict: new Map<unknown, ValidateFunction>(), tolerant: new Map<unknown, ValidateFunction>() };

const fieldOf = (error: ErrorObject): string => {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((sum, part) => (/^\d+$/.test(part) ? `${sum}[${part}]` : sum ? `${sum}.${part}` : part), '');
  const { missingProperty, additionalProperty } = error.params as Record<string, string | undefined>;
  const last = missingProperty ?? additionalProperty;
  return last ? (path ? `${path}.${last}` : last) : path;
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'must be text in quotes',
  integer: 'must be a whole number',
  number: 'must be a number',
  boolean: 'must be true or false',
  object: 'must be an object',
  array: 'must be a list',
};
/** What a rule asks for, told to a person; Ajv's own words for a rule that is not here. */
const RULES: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string | undefined>> = {
  required: () => 'is missing',
  additionalProperties: () => 'is not a field of this document',
  type: ({ type }) => TYPES[String(type)],
  pattern: ({ pattern }) => shapeText(String(pattern)),
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[]).join(', ')}`,
  minLength: ({ limit }) => (limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} characters`),
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  minItems: ({ limit }) => (limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} entries`),
  maxItems: ({ limit }) => `must have at most ${String(limit)} entries`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
};

const textOf = (error: ErrorObject, field: string): string => {
  const rule = RULES[error.keyword]?.(error.params as Record<string, unknown>);
  return `${field || 'the body'} ${rule ?? error.message ?? 'breaks its schema'}`;
};

const violationOf = (error: ErrorObject): Violation => {
  const field = fieldOf(error);
  return { field, rule: error.keyword, text: textOf(error, field) };
};

const MOST_VIOLATIONS = 100;
/** Every violation has a cost, so only a value of fewer parts than this is looked at for all of them. */
const MOST_PARTS = 20_000;

const hasFewParts = (value: unknown): boolean => {
  const open = [value];
  for (let parts = 0; open.length > 0; parts++) {
    if (parts + open.length > MOST_PARTS) return false;
    const part = open.pop();
    if (part === null || typeof part !== 'object') continue;
    for (const inner of Object.values(part)) open.push(inner);
  }
  return true;
};

/** Violations of a value as a writer sends it, for a person who corrects them: all of them, the first hundred at most. */
export const everyViolationOf = (dataClass: new () => object, value: unknown): readonly Violation[] => {
  const first = violationsOf(dataClass, value, 'strict');
  if (first.length === 0 || !hasFewParts(value)) return first;
  let validate = thorough.get(dataClass);
  if (!validate) thorough.set(dataClass, (validate = everyError.compile(schemaOf(dataClass, 'strict'))));
  validate(value);
  return (validate.errors ?? []).slice(0, MOST_VIOLATIONS).map(violationOf);
};

/** Violations of a value against its class; none when it holds. Stops at the first. */
export const violationsOf = (
  dataClass: new () => object,
  value: unknown,
  mode: 'strict' | 'tolerant',
): readonly Violation[] => {
  let validate = compiled[mode].get(dataClass);
  if (!validate) {
    validate = ajv.compile(schemaOf(dataClass, mode));
    compiled[mode].set(dataClass, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(violationOf);
};
