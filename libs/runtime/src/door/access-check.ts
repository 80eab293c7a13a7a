/** At start: a route that names neither its scopes nor that it is public stops the service. */
import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ACCESS } from './decorators.js';

/** Nobody named the right that a route needs. */
export class OpenRoute extends Error {
  constructor(readonly routes: readonly string[]) {
    super(`every route must name its right by @Scope(...) or @Public(); these do not: ${routes.join(', ')}`);
  }
}

const handlersOf = (controller: Type): readonly string[] => {
  const found = new Set<string>();
  for (
    let own = controller.prototype as object | null;
    own && own !== Object.prototype;
    own = Object.getPrototypeOf(own) as object | null
  )
    for (const name of Object.getOwnPropertyNames(own)) found.add(name);
  return [...found].filter((name) => {
    const handler: unknown = (controller.prototype as Record<string, unknown>)[name];
    return name !== 'constructor' && typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler);
  });
};

export const routesWithoutAccess = (controllers: readonly Type[]): readonly string[] =>
  controllers.flatMap((controller) => {
    if (Reflect.hasMetadata(ACCESS, controller)) return [];
    const prototype = controller.prototype as Record<string, object>;
    return handlersOf(controller)
      .filter((name) => !Reflect.hasMetadata(ACCESS, prototype[name] as object))
      .map(
        (name) =>
          `${controller.name}.${name} (${String(Reflect.getMetadata(PATH_METADATA, prototype[name] as object))})`,
      );
  });

export const requireAccess = (controllers: readonly Type[]): void => {
  const routes = routesWithoutAccess(controllers);
  if (routes.length > 0) throw new OpenRoute(routes);
};
