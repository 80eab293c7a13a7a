interface Packages {
  packages: Record<string, { version?: string; optional?: boolean; optionalDependencies?: Record<string, string> }>;
}

export function whyStale(locked: Packages, installed: Packages): string | undefined;
