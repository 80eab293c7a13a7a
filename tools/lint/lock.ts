/**
 * What `npm ci` will miss: an optional dependency that some locked package names and the lock has no entry for.
 * `npm install` passes with such a lock and `npm ci` fails, so it is found before it is pushed.
 */
export interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

/** One line per missing entry; none when the lock is whole. */
export function missingFromLock({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesOf(path, name).some((place) => place in packages))
      .map((name) => `${path || 'package.json'} names ${name}, which package-lock.json lacks`),
  );
}

/** Where Node looks for a package from `path`: its own folder first, then every folder above. */
function placesOf(path: string, name: string): string[] {
  const places = [`node_modules/${name}`];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/node_modules/', end - 1)) {
    places.unshift(`${path.slice(0, end)}/node_modules/${name}`);
  }
  return places;
}
