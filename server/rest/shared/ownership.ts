/** Something that owns paths: each that is, or is below, one of its prefixes; only what is below one that ends in `/`. */
interface Owner {
  readonly prefixes: readonly string[];
}

/** Finds who owns a path, in any case: the longest prefix decides. */
export function findOwner<T extends Owner>(owners: readonly T[], path: string): T | undefined {
  const wanted = path.toLowerCase();
  const matches = owners.flatMap((owner) =>
    owner.prefixes.filter((prefix) => isOwned(wanted, prefix.toLowerCase())).map(({ length }) => ({ owner, length })),
  );
  return matches.sort((a, b) => b.length - a.length)[0]?.owner;
}

function isOwned(path: string, prefix: string): boolean {
  if (prefix.endsWith('/')) return path.startsWith(prefix) && path !== prefix;
  return path === prefix || path.startsWith(`${prefix}/`);
}
