import { type FieldNode, type FragmentDefinitionNode, type GraphQLResolveInfo, Kind, visit } from 'graphql';

/**
 * What a list of films can be asked for and be answered from short rows. Fields of what hangs on a film count like its
 * own, so that a name that both have makes the rows longer than they need be, and no more.
 */
const shortFields: ReadonlySet<string> = new Set(
  (
    '__typename movies nodes edges node totalCount pageInfo hasNextPage hasPreviousPage ' +
    'id databaseId title year averageRating ratingCount genres ratings viewer ' +
    'score comment user name username rating watchlistItem watched'
  ).split(' '),
);

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** What was found of the fields of an operation, which are the same in each of its runs. */
const known = new WeakMap<readonly FieldNode[], boolean>();

/** Whether short rows have all that is asked of a list of films. */
export function isShortList({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const short = known.get(fieldNodes) ?? fieldNodes.every((node) => isShort(node, fragments));
  known.set(fieldNodes, short);
  return short;
}

/** A fragment is looked at wherever it is spread, and those of a valid document have no cycle. */
function isShort(node: FieldNode | FragmentDefinitionNode | undefined, fragments: Fragments): boolean {
  let short = node !== undefined;
  if (!node) return short;
  visit(node, {
    enter: (part) => {
      if (part.kind === Kind.FIELD) short &&= shortFields.has(part.name.value);
      if (part.kind === Kind.FRAGMENT_SPREAD) short &&= isShort(fragments[part.name.value], fragments);
    },
  });
  return short;
}
