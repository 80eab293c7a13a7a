/** Parameters of queries, alike on every list: how they are documented, read and refused. */
import { ApiQuery } from '@nestjs/swagger';
import { Problem, type Page } from '@crossdock/runtime';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1000;

export const refusedParameter = (field: string, text: string): Problem =>
  new Problem(400, 'request-malformed', { detail: text, errors: [{ reason: 'request-malformed', field, text }] });

/** Documents a query parameter that may be left out. */
export const May = (name: string, description: string): MethodDecorator =>
  ApiQuery({ name, description, required: false });
export const Must = (name: string, description: string): MethodDecorator =>
  ApiQuery({ name, description, required: true });
/** Documents the parameters of `pageOf`. */
export const Paged = (): MethodDecorator => (target, property, descriptor) => {
  May('limit', `rows at most, 1 to ${LIMIT_MAX}; ${LIMIT_DEFAULT} when left out`)(target, property, descriptor);
  May('after', '`after` of the page before')(target, property, descriptor);
};

export const pageOf = (limit: string | undefined, after: string | undefined): Required<Pick<Page, 'limit'>> & Page => {
  const wanted = limit === undefined ? LIMIT_DEFAULT : Number(limit);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > LIMIT_MAX)
    throw refusedParameter('limit', `limit must be a whole number from 1 to ${LIMIT_MAX}`);
  return { limit: wanted, ...(after ? { after } : {}) };
};

/** The id to go on after, when there may be more. */
export const nextAfter = (found: readonly { readonly id: string }[], limit: number): { readonly after?: string } => {
  const last = found.at(-1);
  return found.length === limit && last ? { after: last.id } : {};
};
