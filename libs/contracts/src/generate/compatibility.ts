/**
 * What would break somebody: a message that old writers wrote must still be taken, and what old readers need must still
 * be there. Additive change is free; anything listed here needs a new version.
 */
import { DAY } from '../language/fields.js';
import type { JsonSchema } from '../language/schema.js';
import type { PublishedSchema } from './published.js';
import { isWithdrawn } from './withdrawn.js';

type Say = (field: string, what: string) => void;
interface Side {
  readonly root: JsonSchema;
  readonly schema: JsonSchema;
}

const PREFIX = '#/$defs/';
const resolved = ({ root, schema }: Side): Side => {
  const target = schema['$ref'];
  if (typeof target !== 'string') return { root, schema };
  const definition = root.$defs?.[target.slice(PREFIX.length)];
  return { root, schema: definition ?? {} };
};

const numberOf = (schema: JsonSchema, keyword: string): number | undefined =>
  typeof schema[keyword] === 'number' ? schema[keyword] : undefined;

const bounds = (before: JsonSchema, after: JsonSchema, field: string, say: Say): void => {
  for (const keyword of ['minimum', 'minLength', 'minItems']) {
    const [was, is] = [numberOf(before, keyword) ?? -Infinity, numberOf(after, keyword) ?? -Infinity];
    if (is > was && !(keyword !== 'minimum' && is === 0)) say(field, `${keyword} rose from ${was} to ${is}`);
  }
  for (const keyword of ['maximum', 'maxLength', 'maxItems']) {
    const [was, is] = [numberOf(before, keyword) ?? Infinity, numberOf(after, keyword) ?? Infinity];
    if (is < was) say(field, `${keyword} fell from ${was} to ${is}`);
  }
};

/** Days were once any of 31 in any month: what is refused since is no day, so nobody can have meant it. */
const MONTH_AND_DAY = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';
const isRefined = (was: unknown, is: string): boolean =>
  typeof was === 'string' && was.startsWith(MONTH_AND_DAY) && is === was.replace(MONTH_AND_DAY, `^${DAY}`);

const values = (before: JsonSchema, after: JsonSchema, field: string, say: Say): void => {
  const [was, is] = [before['enum'] as unknown[] | undefined, after['enum'] as unknown[] | undefined];
  if (is && !was) say(field, 'is now limited to a list of values');
  for (const value of was ?? []) if (is && !is.includes(value)) say(field, `no longer takes ${JSON.stringify(value)}`);
  const [had, has] = [before['pattern'], after['pattern'] as string | undefined];
  if (has !== undefined && has !== had && !isRefined(had, has)) say(field, 'has another pattern');
};

const required = (schema: JsonSchema): ReadonlySet<string> => new Set((schema['required'] as string[]) ?? []);

const fields = (before: Side, after: Side, path: string, event: boolean, say: Say): void => {
  const [was, is] = [before.schema.properties ?? {}, after.schema.properties ?? {}];
  const [needed, needs] = [required(before.schema), required(after.schema)];
  for (const name of needs) if (!needed.has(name)) say(`${path}${name}`, 'is required now');
  for (const [name, property] of Object.entries(was)) {
    const field = `${path}${name}`;
    const now = is[name];
    if (!now) {
      say(field, 'is gone');
      continue;
    }
    if (event && needed.has(name) && !needs.has(name)) say(field, 'may be left out now, and readers need it');
    compare({ root: before.root, schema: property }, { root: after.root, schema: now }, field, event, say);
  }
};

const compare = (one: Side, two: Side, path: string, event: boolean, say: Say): void => {
  const [before, after] = [resolved(one), resolved(two)];
  const [was, is] = [before.schema['type'], after.schema['type']];
  if (was !== is) {
    say(path, `was ${String(was)}, is ${String(is)}`);
    return;
  }
  bounds(before.schema, after.schema, path, say);
  values(before.schema, after.schema, path, say);
  fields(before, after, path ? `${path}.` : '', event, say);
  const [items, nowItems] = [before.schema['items'], after.schema['items']] as (JsonSchema | undefined)[];
  if (items && nowItems)
    compare({ root: before.root, schema: items }, { root: after.root, schema: nowItems }, `${path}[]`, event, say);
};

/** What of `after` would break those who wrote or read by `before`. */
export const breakingChanges = (before: PublishedSchema, after: PublishedSchema | undefined): readonly string[] => {
  if (!after) return isWithdrawn(before.title, before['x-message'].travels) ? [] : [`${before.title} is gone`];
  const found: string[] = [];
  const say: Say = (field, what) => found.push(`${before.title}: ${field || 'the body'} ${what}`);
  for (const name of ['stream', 'lane', 'travels', 'form'] as const) {
    const [was, is] = [before['x-message'][name], after['x-message'][name]];
    if (was !== is) found.push(`${before.title}: ${name} was ${was}, is ${is}`);
  }
  compare(
    { root: before, schema: before },
    { root: after, schema: after },
    '',
    before['x-message'].form === 'evt',
    say,
  );
  return found;
};

/** The same for all: `before` and `after` by file name. */
export const allBreakingChanges = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] =>
  [...before]
    .filter(([file]) => file.startsWith('schemas/'))
    .flatMap(([file, text]) => {
      const now = after.get(file);
      return breakingChanges(
        JSON.parse(text) as PublishedSchema,
        now === undefined ? undefined : (JSON.parse(now) as PublishedSchema),
      );
    });
