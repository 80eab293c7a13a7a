/** All that the templates call things by, from a service's name. */
export interface Options {
  name: string;
  domain?: string;
  entity?: string;
}

export interface Names extends Options {
  domain: string;
  entity: string;
  /** of a route: `rate-cards` */
  entities: string;
  /** `RateCard` and `rateCard` */
  entityClass: string;
  entityName: string;
  /** in sentences: `rate card` */
  entityText: string;
  serviceClass: string;
  serviceName: string;
  stream: string;
  /** today, for DECISIONS.md */
  today: string;
  [name: string]: unknown;
}

const WORD = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const pascal = (text: string): string => text.split('-').map(upperFirst).join('');
const camel = (text: string): string => pascal(text).slice(0, 1).toLowerCase() + pascal(text).slice(1);

export function namesOf({ name, domain, entity }: Options): Names {
  const own = entity ?? name.replace(/([^s])s$/, '$1');
  const its = domain ?? name.split('-')[0] ?? name;
  for (const word of [name, own, its])
    if (!WORD.test(word)) throw new Error(`"${word}": small letters, digits and single hyphens, such as rate-cards`);
  if (its.includes('-')) throw new Error(`"${its}": a domain is one word, it stands in subjects`);
  return {
    name,
    domain: its,
    entity: own,
    entities: `${own}s`,
    entityClass: pascal(own),
    entityName: camel(own),
    entityText: own.replaceAll('-', ' '),
    serviceClass: pascal(name),
    serviceName: camel(name) === camel(own) ? `${camel(name)}Service` : camel(name),
    stream: its.toUpperCase(),
    today: new Date().toISOString().slice(0, 10),
  };
}
