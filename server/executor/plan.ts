import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { plainResolverOf } from './plain-field.js';

/** Values by name: of variables, of arguments. */
export type Values = Readonly<Record<string, unknown>>;

/** An operation of a document, and what belongs to it. */
export interface Operation {
  readonly schema: GraphQLSchema;
  /** Valid by the schema. */
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** How a value becomes a part of the answer. */
export type ValuePlan = LeafPlan | ListPlan | ObjectValuePlan | AbstractPlan;

interface AnyPlan {
  /** Whether null is no value here. */
  readonly nonNull: boolean;
}

/** A scalar, or a value of an enum. */
export interface LeafPlan extends AnyPlan {
  readonly kind: 'leaf';
  readonly type: GraphQLLeafType;
}

interface ListPlan extends AnyPlan {
  readonly kind: 'list';
  readonly item: ValuePlan;
}

interface ObjectValuePlan extends AnyPlan {
  readonly kind: 'object';
  readonly object: ObjectPlan;
}

/** An interface or a union. */
export interface AbstractPlan extends AnyPlan {
  readonly kind: 'abstract';
  readonly type: GraphQLAbstractType;
  readonly objectOf: (type: GraphQLObjectType) => ObjectPlan;
}

/** What is done for one field of an answer. */
export interface FieldPlan {
  /** Its key in the answer: its alias, or its name. */
  readonly key: string;
  /** Where the document asks for it; more than one where selections are merged. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parent: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  /** Undefined: a property of its parent's value. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** `resolve`, where it looks at its parent's value and at nothing else. */
  readonly plain: ((source: unknown) => unknown) | undefined;
  /** A leaf that is had without calling anything that has to be told where it is. */
  readonly light: LeafPlan | undefined;
  /** Undefined: they depend on variables, or are objects, which a resolver might change. */
  readonly fixedArgs: Values | undefined;
  readonly value: ValuePlan;
}

/** What is done for an object: planned when the first such object comes. */
export class ObjectPlan {
  readonly type: GraphQLObjectType;
  readonly #plan: () => readonly FieldPlan[];
  #fields: readonly FieldPlan[] | undefined;
  #unusual = false;

  constructor(type: GraphQLObjectType, plan: () => readonly FieldPlan[]) {
    this.type = type;
    this.#plan = plan;
  }

  get fields(): readonly FieldPlan[] {
    this.#fields ??= this.#planFields();
    return this.#fields;
  }

  #planFields(): readonly FieldPlan[] {
    const fields = this.#plan();
    this.#unusual = fields.some(({ key }) => key === '__proto__');
    return fields;
  }

  /** An empty object for the answer. V8 is slow with objects that have no prototype, but one key needs that. */
  createResult(): Record<string, unknown> {
    this.#fields ??= this.#planFields();
    return this.#unusual ? (Object.create(null) as Record<string, unknown>) : {}; // it has no properties yet
  }
}

/**
 * Plans an operation.
 *
 * @param variables coerced; of these only the values in `@skip` and `@include` matter, and the plan holds for these alone
 */
export function planOperation(operation: Operation, variables: Values): ObjectPlan {
  const { schema, fragments, definition } = operation;
  const type = schema.getRootType(definition.operation);
  if (!type) throw new Error(`The schema has no ${definition.operation}.`); // no valid document gets here
  const planner = new Planner(operation, variables);
  return new ObjectPlan(type, () =>
    planner.planFields(type, collectFields(schema, fragments, variables, type, definition.selectionSet)),
  );
}

type CollectedFields = ReturnType<typeof collectFields>;

class Planner {
  readonly #operation: Operation;
  readonly #variables: Values;

  constructor(operation: Operation, variables: Values) {
    this.#operation = operation;
    this.#variables = variables;
  }

  planFields(parent: GraphQLObjectType, fields: CollectedFields): FieldPlan[] {
    return [...fields].flatMap(([key, nodes]) => this.#planField(parent, key, nodes) ?? []);
  }

  #planField(parent: GraphQLObjectType, key: string, [first, ...rest]: readonly FieldNode[]): FieldPlan | undefined {
    const field = first && this.#fieldOf(parent, first.name.value);
    if (!first || !field) return undefined;
    const nodes = [first, ...rest] as const;
    const value = this.#planValue(field.type, nodes);
    const plain = field === TypeNameMetaFieldDef ? () => parent.name : plainResolverOf(field.resolve);
    const light = value.kind === 'leaf' && (plain || !field.resolve) ? value : undefined;
    return {
      key,
      nodes,
      parent,
      field,
      resolve: field.resolve,
      plain,
      light,
      fixedArgs: fixedArgsOf(field, first),
      value,
    };
  }

  #fieldOf(parent: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.#operation.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return parent.getFields()[name];
  }

  #planValue(type: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
    const nonNull = isNonNullType(type);
    const inner = getNullableType(type);
    if (isListType(inner)) return { kind: 'list', nonNull, item: this.#planValue(inner.ofType, nodes) };
    if (isLeafType(inner)) return { kind: 'leaf', nonNull, type: inner };
    if (isObjectType(inner)) return { kind: 'object', nonNull, object: this.#planObject(inner, nodes) };
    const objects = new Map<GraphQLObjectType, ObjectPlan>();
    const objectOf = (object: GraphQLObjectType) => {
      const plan = objects.get(object) ?? this.#planObject(object, nodes);
      objects.set(object, plan);
      return plan;
    };
    return { kind: 'abstract', nonNull, type: inner, objectOf };
  }

  #planObject(type: GraphQLObjectType, nodes: readonly FieldNode[]): ObjectPlan {
    const { schema, fragments } = this.#operation;
    return new ObjectPlan(type, () =>
      this.planFields(type, collectSubfields(schema, fragments, this.#variables, type, nodes)),
    );
  }
}

/** The arguments of a field where they are the same in each request, and hold nothing that could be changed. */
function fixedArgsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Values | undefined {
  if (node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE)) return undefined;
  try {
    const values = getArgumentValues(field, node, {});
    const simple = Object.values(values).every((value) => typeof value !== 'object' || value === null);
    return simple ? Object.freeze(values) : undefined;
  } catch {
    return undefined; // it fails again where the field is resolved, and is an error of that field
  }
}

/** The arguments of a field in one request. @throws GraphQLError */
export function argumentsOf({ field, nodes }: FieldPlan, variables: Values): Values {
  return getArgumentValues(field, nodes[0], variables);
}
