/**
 * Field decorators of the published language: what a field is (an order id, an amount, an instant), which business key
 * it carries and who may see it. Built from class-validator's own, so both validators read the same rules.
 */
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** Who may see a field: masks and rights derive from it. */
export type FieldClass = 'public' | 'personal' | 'price' | 'bank';
export interface FieldMark {
  readonly field: string;
  readonly class: FieldClass;
  /** the index name under which the value finds its chain, such as `orderNo` or `trackingNo` */
  readonly businessKey?: string;
}
const MARKS = Symbol('crossdock:fields');

const mark =
  (fieldClass: FieldClass, businessKey?: string): PropertyDecorator =>
  (target, property) => {
    const own = Reflect.getOwnMetadata(MARKS, target.constructor) as FieldMark[] | undefined;
    const marks = own ?? [];
    if (!own) Reflect.defineMetadata(MARKS, marks, target.constructor);
    marks.push({ field: String(property), class: fieldClass, ...(businessKey ? { businessKey } : {}) });
  };
/** The marks of a class's fields, its parents' first; a field without one is public. */
export const fieldMarks = (dataClass: object): readonly FieldMark[] => {
  const parent = Object.getPrototypeOf(dataClass) as object | null;
  const inherited = typeof parent === 'function' ? fieldMarks(parent) : [];
  return [...inherited, ...((Reflect.getOwnMetadata(MARKS, dataClass) as FieldMark[] | undefined) ?? [])];
};

const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

const shapes = new Map<string, string>();
/** What a person reads when a value breaks this pattern. */
export const shapeText = (pattern: string): string | undefined => shapes.get(pattern);
const Shaped = (pattern: RegExp, text: string): PropertyDecorator => {
  shapes.set(pattern.source, text);
  return Matches(pattern, { message: `$property ${text}` });
};
const IsShaped = (pattern: RegExp, text: string): PropertyDecorator => all(IsString(), Shaped(pattern, text));

/** May be left out; `null` is not left out. */
export const Optional = (): PropertyDecorator => ValidateIf((_data, value) => value !== undefined);

/** Marks a field as seen only by those who may see personal, price or bank data. */
export const Personal = (): PropertyDecorator => mark('personal');
export const Price = (): PropertyDecorator => mark('price');
export const Bank = (): PropertyDecorator => mark('bank');

/** Plain text of a person or system, 1 to `max` characters. */
export const IsText = (max = 200): PropertyDecorator => all(IsString(), MinLength(1), MaxLength(max));
/** Text without spaces at its ends, 1 to `max` characters: a code that is not indexed. */
export const IsShort = (max: number): PropertyDecorator =>
  all(IsString(), MaxLength(max), Shaped(/^\S(?:.*\S)?$/, 'must not be empty or have spaces at its ends'));
/** Text that may be empty. */
export const IsNote = (max = 500): PropertyDecorator => all(IsString(), MaxLength(max));
export const KEY_MAX = 64;
/**
 * A key of the business: printable, no spaces at the ends, 1 to `KEY_MAX` characters, indexed under `businessKey`. One
 * that is made of others' numbers is made by `keyOf`.
 */
export const IsKey = (businessKey?: string): PropertyDecorator =>
  all(
    IsString(),
    MaxLength(KEY_MAX),
    Shaped(
      /^[^\s\u0000-\u001f](?:[^\u0000-\u001f]*[^\s\u0000-\u001f])?$/,
      'must be printable, not empty, and without spaces at its ends',
    ),
    mark('public', businessKey),
  );

export const IsOrderId = (): PropertyDecorator => IsKey('order');
export const IsOrderNo = (): PropertyDecorator => IsKey('orderNo');
export const IsAccountNo = (): PropertyDecorator => IsKey('account');
export const IsItemNo = (): PropertyDecorator => IsKey('item');
export const IsNodeId = (): PropertyDecorator => IsKey('node');

/** A day of the calendar, 29 February in leap years only. A pattern, so that every JSON Schema validator knows it. */
const LEAP = '(?:\\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29';
const COMMON =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
export const DAY = `(?:${COMMON}|${LEAP})`;

/** RFC 3339, UTC, milliseconds. */
export const IsInstant = (): PropertyDecorator =>
  IsShaped(
    new RegExp(`^${DAY}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$`),
    'must be a moment in UTC with milliseconds, such as 2026-11-21T08:30:00.000Z',
  );
/** Calendar day, ISO 8601 `YYYY-MM-DD`. */
export const IsDay = (): PropertyDecorator => IsShaped(new RegExp(`^${DAY}$`), 'must be a day, such as 2026-11-21');
/** ISO 4217. */
export const IsCurrency = (): PropertyDecorator =>
  IsShaped(/^[A-Z]{3}$/, 'must be a currency of three capital letters, such as GBP');
/** ISO 3166 alpha-2; ZZ for unknown. */
export const IsCountry = (): PropertyDecorator =>
  IsShaped(/^[A-Z]{2}$/, 'must be a country of two capital letters, such as GB');
/** UN/ECE Recommendation 20. */
export const IsUnit = (): PropertyDecorator =>
  IsShaped(/^[A-Z0-9]{1,3}$/, 'must be a unit of one to three capital letters and digits, such as EA');
/** Decimal string, up to 12 whole digits and 6 places; sign allowed, what it may be is the domain's to say. */
export const IsDecimal = (): PropertyDecorator =>
  IsShaped(/^-?\d{1,12}(\.\d{1,6})?$/, 'must be a decimal number in quotes with up to 6 places, such as "2.5"');
/** Unit price: decimal string of up to 6 places, never negative. */
export const IsUnitPrice = (): PropertyDecorator =>
  all(
    IsShaped(/^\d{1,12}(\.\d{1,6})?$/, 'must be a price in quotes, zero or more, with up to 6 places, such as "2.55"'),
    mark('price'),
  );
/** Percentage as decimal string, `20` or `5.5`. */
export const IsPercent = (): PropertyDecorator =>
  IsShaped(/^\d{1,3}(\.\d{1,4})?$/, 'must be a percentage in quotes with up to 4 places, such as "20"');
/** Integer minor units. */
export const IsMinor = (): PropertyDecorator => all(IsWhole(-Number.MAX_SAFE_INTEGER), mark('price'));
/** Whole number within bounds. `IsInt` is last: the schema's type is the last one's, and bounds alone say `number`. */
export const IsWhole = (min = 0, max = Number.MAX_SAFE_INTEGER): PropertyDecorator => all(Min(min), Max(max), IsInt());
/** Whole base units, zero or more. */
export const IsUnits = (): PropertyDecorator => IsWhole(0, 1_000_000_000_000);
/** Whole base units with a sign. */
export const IsDelta = (): PropertyDecorator => IsWhole(-1_000_000_000_000, 1_000_000_000_000);
export const IsFlag = (): PropertyDecorator => IsBoolean();
export const IsOneOf = (values: readonly string[]): PropertyDecorator => IsIn([...values]);
/** Free JSON object, kept as it came. */
export const IsRecord = (): PropertyDecorator => IsObject();

/** One nested object. (`ValidateNested` alone would take a list, or `null` within one.) */
export const IsA = (type: new () => object): PropertyDecorator =>
  all(
    IsObject(),
    ValidateNested() as PropertyDecorator,
    Type(() => type),
  );
/** A list of nested objects. */
export const IsListOf = (type: new () => object, max = 5000, min = 0): PropertyDecorator =>
  all(
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => type),
  );
/** A list of lines, 1 to 5,000. */
export const IsLines = (type: new () => object): PropertyDecorator => IsListOf(type, 5000, 1);
/** A list of short texts. */
export const IsTexts = (max = 100): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(max), IsString({ each: true }), MaxLength(200, { each: true }));
