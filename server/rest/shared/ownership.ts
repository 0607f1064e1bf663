/** Something that owns every path that is, or is below, one of its prefixes. */
interface Owner {
  readonly prefixes: readonly string[];
}

/** Finds who owns a path, in any case: the longest prefix decides. */
export function findOwner<T extends Owner>(owners: readonly T[], path: string): T | undefined {
  const wanted = `${path.toLowerCase()}/`;
  const length = (prefix: string) => (wanted.startsWith(`${prefix.toLowerCase()}/`) ? prefix.length : -1);
  const [best] = owners
    .map((owner) => ({ owner, length: Math.max(...owner.prefixes.map(length)) }))
    .sort((a, b) => b.length - a.length);
  return best && best.length >= 0 ? best.owner : undefined;
}
