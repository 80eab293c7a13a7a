/** Parameters of queries: how they are documented, read and refused. */
import { ApiQuery } from '@nestjs/swagger';
import { Problem, type Page } from '@crossdock/runtime';

const LIMIT_DEFAULT = 100;
const LIMIT_MOST = 1000;

export const refusedParameter = (field: string, text: string): Problem =>
  new Problem(400, 'request-malformed', { detail: text, errors: [{ reason: 'request-malformed', field, text }] });

/** Documents query parameters that may be left out. */
export const May =
  (parameters: Readonly<Record<string, string>>): MethodDecorator =>
  (target, property, descriptor) => {
    for (const [name, description] of Object.entries(parameters))
      ApiQuery({ name, description, required: false })(target, property, descriptor);
  };
export const PAGED = {
  limit: `rows at most, 1 to ${LIMIT_MOST}; ${LIMIT_DEFAULT} when left out`,
  after: '`after` of the page before',
};

export const pageOf = (limit: string | undefined, after: string | undefined): { readonly limit: number } & Page => {
  const wanted = limit === undefined ? LIMIT_DEFAULT : Number(limit);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > LIMIT_MOST)
    throw refusedParameter('limit', `limit must be a whole number from 1 to ${LIMIT_MOST}`);
  return { limit: wanted, ...(after ? { after } : {}) };
};
