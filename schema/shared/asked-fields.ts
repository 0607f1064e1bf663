import { type FieldNode, type FragmentDefinitionNode, type GraphQLResolveInfo, Kind, visit } from 'graphql';

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/**
 * Makes a question about what is asked of a field: whether all names below it are among these. Names of what is nested
 * deeper count like the field's own, so that some answers are no where they might be yes, and none the other way round.
 */
export function askedOnlyFor(names: string): (info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>) => boolean {
  const wanted: ReadonlySet<string> = new Set(names.split(' '));
  // The nodes of an operation that is planned once are the same in each of its runs.
  const known = new WeakMap<readonly FieldNode[], boolean>();
  return ({ fieldNodes, fragments }) => {
    const answer = known.get(fieldNodes) ?? fieldNodes.every((node) => isWithin(node.selectionSet, wanted, fragments));
    known.set(fieldNodes, answer);
    return answer;
  };
}

type Part = FieldNode['selectionSet'];

/** A fragment is looked at wherever it is spread, and those of a valid document have no cycle. */
function isWithin(part: Part, wanted: ReadonlySet<string>, fragments: Fragments): boolean {
  let within = true;
  if (!part) return within;
  visit(part, {
    enter: (node) => {
      if (node.kind === Kind.FIELD) within &&= wanted.has(node.name.value);
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        within &&= isWithin(fragments[node.name.value]?.selectionSet, wanted, fragments);
      }
    },
  });
  return within;
}
