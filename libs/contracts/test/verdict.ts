/** class-validator's own verdict on a value, as a Nest pipe would give it: the classes as they are written. */
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

export type Mode = 'strict' | 'tolerant';

export const asWritten = (dataClass: new () => object, value: unknown, mode: Mode): boolean => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const instance = plainToInstance(dataClass, structuredClone(value)) as object;
  const strict = mode === 'strict';
  return validateSync(instance, { whitelist: strict, forbidNonWhitelisted: strict }).length === 0;
};
