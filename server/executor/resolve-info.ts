import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Place } from './place.js';
import type { FieldPlan, Operation, Values } from './plan.js';

type Path = GraphQLResolveInfo['path'];

/** What resolvers are told of the field that they resolve. The path is worked out for those who look at it. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly fieldName: string;
  readonly fieldNodes: readonly FieldNode[];
  readonly returnType: GraphQLOutputType;
  readonly parentType: GraphQLObjectType;
  readonly schema: GraphQLSchema;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly rootValue: unknown = undefined;
  readonly operation: OperationDefinitionNode;
  readonly variableValues: Record<string, unknown>;
  readonly #place: Place;

  constructor(plan: FieldPlan, place: Place, { operation, variables }: { operation: Operation; variables: Values }) {
    this.fieldName = plan.field.name;
    this.fieldNodes = plan.nodes;
    this.returnType = plan.field.type;
    this.parentType = plan.parent;
    this.schema = operation.schema;
    this.fragments = operation.fragments;
    this.operation = operation.definition;
    this.variableValues = variables;
    this.#place = place;
  }

  get path(): Path {
    return pathTo(this.#place, this.parentType.name);
  }
}

function pathTo(place: Place, typename: string | undefined): Path {
  const { parent, key } = place;
  const prev = parent?.parent && pathTo(parent, typeof parent.key === 'string' ? parent.field?.parent.name : undefined);
  return { prev, key, typename };
}
